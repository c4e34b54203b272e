// Reads the quiz out of the page: JSON, deflated to a quarter and in base64.

// Throws where the browser cannot inflate (those of before 2023) or the file was cut off.
export async function readQuiz(base64) {
  const signs = atob(base64.trim());
  const bytes = new Uint8Array(signs.length);
  for (let at = 0; at < signs.length; at += 1) bytes[at] = signs.charCodeAt(at);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).json();
}
