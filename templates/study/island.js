// Reads the quiz out of the page: JSON, deflated to a quarter and in base64.

// Throws where the browser cannot inflate (those of before 2023) or the file was cut off.
export async function readQuiz(base64) {
  const bytes = Uint8Array.from(atob(base64.trim()), sign => sign.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).json();
}
