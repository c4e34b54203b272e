// The structure of a document as a list of lines, from a tagged PDF and from the HTML's DOM, in the same words:
// headings with their level, lists, entries with their labels, tables, rows, header and other cells, figures, captions,
// and every text between them.

/** Reads a `.tree` file of ReadPdf: nodes with type, fields and kids; content has the type `#`. */
export function parseTree(text) {
  const root = { type: 'Root', fields: {}, kids: [] };
  const path = [root];
  for (const line of text.split('\n').filter(Boolean)) {
    const depth = line.match(/^\t*/)[0].length;
    const [type, ...rest] = line.slice(depth).split('\t');
    const node = { type, fields: {}, kids: [] };
    if (type === '#') {
      const [page, x, y, said] = rest;
      Object.assign(node, { page: +page, x: +x, y: +y, text: said });
    } else {
      for (const field of rest) node.fields[field.slice(0, field.indexOf('='))] = field.slice(field.indexOf('=') + 1);
    }
    path.length = depth + 1;
    path[depth].kids.push(node);
    path.push(node);
  }
  return root;
}

/** Text without spaces, soft hyphens and characters without width: where lines end is not compared. */
export const bare = text => text.normalize('NFKC').replace(/[\s\u00ad\u200b\u2060\ufeff]/g, '');

/** Gathers text until a block begins or ends, then states it as one line. */
class Lines {
  lines = [];
  #text = '';
  add(text) {
    this.#text += text;
  }
  end(word = 'text') {
    if (bare(this.#text)) this.lines.push(`${word}: ${bare(this.#text)}`);
    this.#text = '';
  }
  state(line) {
    this.end();
    this.lines.push(line);
  }
}

const INLINE = new Set(['Span', 'Quote', 'Em', 'Strong', 'Link', 'Reference', 'Code']);

/** The structure of a tagged PDF. What is spoken in place of content is its text. */
export function linesOfPdf(root) {
  const out = new Lines();
  const walk = node => {
    const { type, fields, kids } = node;
    const inside = () => kids.forEach(walk);
    if (type === '#') out.add(node.text);
    else if (fields.lang && INLINE.has(type)) spoken(fields.lang, inside);
    else if (INLINE.has(type)) 'alt' in fields ? out.add(fields.alt) : inside();
    else if (/^H[1-6]$/.test(type)) block(`heading ${type[1]}`, inside);
    else if (type === 'Lbl') block('label', inside);
    else if (type === 'Caption') block('caption', inside);
    else if (type === 'Figure') out.state(`figure: ${bare(fields.alt ?? '')}`);
    else if (type === 'L') around('list', inside);
    else if (type === 'LI') around('entry', inside);
    else if (type === 'Table') around('table', inside);
    else if (type === 'TR') around('row', inside);
    else if (type === 'TH') around(`header of a ${(fields.scope ?? 'missing scope').toLowerCase()}`, inside);
    else if (type === 'TD') around('cell', inside);
    else if (type !== 'Form') block('text', inside);
  };
  // Words in another language than the document's.
  const spoken = (language, inside) => { out.add(`⟦${language}:`); inside(); out.add('⟧'); };
  const block = (word, inside) => { out.end(); inside(); out.end(word); };
  const around = (word, inside) => { out.state(word); inside(); out.end(); out.lines.push(`end of ${word}`); };
  walk(root);
  return out.lines;
}

/**
 * The structure of the HTML, to be run in the page. Page furniture (the stamp, the foot) is no part of it, as in the PDF, and
 * the word “blank” in an empty field or box of the grid is not either: there the PDF has a mere place to write.
 */
export function linesOfDom() {
  const lines = [];
  let text = '';
  const bare = text => text.normalize('NFKC').replace(/[\s\u00ad\u200b\u2060\ufeff]/g, '');
  const end = (word = 'text') => { if (bare(text)) lines.push(`${word}: ${bare(text)}`); text = ''; };
  const state = line => { end(); lines.push(line); };
  const block = (word, node) => { end(); [...node.childNodes].forEach(walk); end(word); };
  const around = (word, node) => { state(word); [...node.childNodes].forEach(walk); end(); lines.push(`end of ${word}`); };
  const inline = new Set(['a', 'abbr', 'b', 'bdi', 'cite', 'code', 'em', 'i', 'mark', 'q', 'small', 'span', 'strong', 'sub', 'sup', 'u']);
  const labels = '.label, .letter, .cell-number';
  const left = 'script, style, [aria-hidden=true], body > footer, .stamp, .page-break, .fields .spoken, .grid:not(.bubbles) li > .spoken, input';
  function walk(node) {
    if (node.nodeType === Node.TEXT_NODE) text += node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(left)) return;
    const name = node.localName;
    if (/^h[1-6]$/.test(name)) block(`heading ${name[1]}`, node);
    else if (name === 'figcaption' || name === 'caption') block('caption', node);
    else if (name === 'img' || node.role === 'img') state(`figure: ${bare(node.alt ?? node.ariaLabel ?? '')}`);
    else if (name === 'ol' || name === 'ul' || name === 'dl') around('list', node);
    // A list of terms groups each with its meaning.
    else if (name === 'div' && node.parentElement.localName === 'dl') around('entry', node);
    else if (name === 'dt') block('label', node);
    else if (name === 'li') {
      state('entry');
      if (getComputedStyle(node).listStyleType === 'disc') lines.push('label: •');
      [...node.childNodes].forEach(walk);
      end();
      lines.push('end of entry');
    } else if (node.matches(labels) && /^(li|label)$/.test(node.parentElement.localName)) block('label', node);
    else if (name === 'table') around('table', node);
    else if (name === 'tr') around('row', node);
    else if (name === 'th') around(`header of a ${{ col: 'column', row: 'row' }[node.scope] ?? 'missing scope'}`, node);
    else if (name === 'td') around('cell', node);
    else if (name === 'textarea') end();
    else if (node.lang && inline.has(name)) {
      text += `⟦${node.lang}:`;
      [...node.childNodes].forEach(walk);
      text += '⟧';
    } else if (inline.has(name) || name === 'label') [...node.childNodes].forEach(walk);
    else block('text', node);
  }
  walk(document.body);
  return lines;
}

/**
 * The lines without what means nothing. Two lists that follow one another at once are one: a block that is kept on one page
 * parts them in HTML. A header without words, in a table's corner, is a plain cell.
 */
export function plain(lines) {
  const out = [];
  for (const line of lines) {
    if (line === 'list' && out.at(-1) === 'end of list') out.pop();
    else if (line.startsWith('end of header') && out.at(-1) === line.slice('end of '.length)) out.splice(-1, 1, 'cell', 'end of cell');
    else out.push(line);
  }
  return out;
}

/** Where two lists of lines first differ, in words; nothing if they are equal. */
export function difference(ours, theirs, [our, their]) {
  const at = ours.findIndex((line, n) => line !== theirs[n]);
  if (at < 0 && ours.length === theirs.length) return undefined;
  const first = at < 0 ? ours.length : at;
  const shown = lines => lines.slice(first, first + 3).map(line => `“${line.slice(0, 90)}”`).join(', ') || 'nothing more';
  const before = ours.slice(Math.max(0, first - 2), first).map(line => `“${line.slice(0, 60)}”`).join(', ') || 'the start';
  return `after ${before}: ${our} has ${shown(ours)}; ${their} has ${shown(theirs)}`;
}
