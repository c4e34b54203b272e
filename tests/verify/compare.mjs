// Compares each worksheet, key and strip with its HTML: the same structure; and what the HTML prints with the PDF: the same
// sheet size, furniture on every page and words in the same order, read down the page.
// Reads what browser.mjs and ReadPdf left beside the files. Usage: compare.mjs FILE.html…
import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { bare, difference, plain, linesOfPdf, parseTree } from './tree.mjs';

/** Points at the head and at the foot of a page where furniture stands, and in large print, whose citation takes many lines. */
const [HEAD, FOOT, LARGE_HEAD, LARGE_FOOT] = [54, 54, 62, 130];
/** Points by which words of one line may differ in height, and entries of one column in their left edge. */
const SLACK = 3;

/** What a PDF says on the back that `--duplex` adds; HTML has no such page. */
const EMPTY_PAGE = bare('This page is left blank on purpose.');

let failed = 0;
const fail = (file, words) => { console.log(`${file}: ${words}`); failed += 1; };
const read = file => readFileSync(file, 'utf8');
const tool = (name, ...args) => execFileSync(name, args, { encoding: 'utf8' });

/** Size and number of pages. */
function sheet(pdf) {
  const info = tool('pdfinfo', pdf);
  const [, width, height] = info.match(/Page size:\s+([\d.]+) x ([\d.]+)/).map(Number);
  return { width, height, pages: Number(info.match(/Pages:\s+(\d+)/)[1]) };
}

/** The words at the head and at the foot of each page, in the order of the line. */
function furniture(pdf, { width, height, head, below }) {
  const strip = (y, h) =>
    tool('pdftotext', '-layout', '-x', 0, '-y', Math.round(y), '-W', Math.ceil(width), '-H', h, pdf, '-')
      .split('\f').map(page => page.replace(/\s+/g, ' ').trim());
  const [heads, feet] = [strip(0, head), strip(height - below, below)];
  return heads.map((words, at) => ({ head: words, foot: feet[at] }));
}

function compareFurniture(html, pdf, print) {
  const before = failed;
  const large = /<body class="\w+ print-large/.test(read(html));
  const head = large ? LARGE_HEAD : HEAD;
  const ours = { ...sheet(pdf), head, below: large ? LARGE_FOOT : FOOT };
  // The HTML prints the citation after the last question alone.
  const printed = { ...sheet(print), head, below: FOOT };
  // CSS knows A4 as 210 × 297 mm and Chromium rounds to whole CSS pixels.
  if (Math.abs(ours.width - printed.width) > 1 || Math.abs(ours.height - printed.height) > 1) {
    fail(html, `prints on ${printed.width} × ${printed.height} pt, the PDF is ${ours.width} × ${ours.height} pt`);
  }
  const own = furniture(pdf, ours).slice(0, ours.pages);
  const [first, second] = own;
  const code = first.foot.match(/[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/)?.[0];
  const stamp = bare(first.head).includes('TEACHER');
  if (html.includes('TEACHER') !== stamp) fail(pdf, `stamp TEACHER on page 1: ${stamp}`);
  const running = ours.pages > 1 ? second.head : '';
  if (!code && !html.includes('-strip')) fail(pdf, `no code at the foot of page 1: “${first.foot}”`);
  const bareFoot = own.findIndex(({ foot }, at) => !foot.includes(`page ${at + 1} of ${ours.pages}`) || (code && !foot.includes(code)));
  if (bareFoot >= 0) fail(pdf, `page ${bareFoot + 1} lacks its number or the code: “${own[bareFoot].foot}”`);
  if (ours.pages > 1 && !running) fail(pdf, 'no running head on page 2');
  const strips = furniture(print, printed);
  // One page at fault says enough.
  for (let page = 1; page <= printed.pages && failed === before; page += 1) {
    const { head, foot } = strips[page - 1];
    const number = `page ${page} of ${printed.pages}`;
    if (!foot.includes(number)) fail(html, `prints no “${number}” but “${foot}”`);
    if (code && !foot.includes(code)) fail(html, `page ${page} is printed without the code ${code}: “${foot}”`);
    if (stamp && !bare(head).includes('TEACHER')) fail(html, `page ${page} is printed without the stamp TEACHER: “${head}”`);
    // Where the PDF has no room it gives up the last part, or words and has an ellipsis; CSS breaks the line.
    const words = running.split(/\s+/);
    const kept = words.includes('…') ? words.every(word => word === '…' || bare(head).includes(bare(word)))
      : bare(head) === bare(words.join('')) || givesUpParts(words, head.replace('T E A C H E R', 'TEACHER').split(/\s+/));
    if (page > 1 && running && !kept) fail(html, `page ${page} is printed under “${head}”, the PDF’s under “${running}”`);
  }
}

/**
 * The content of a tree in reading order, each with the cell and the row in which it stands. What is spoken in place of marks
 * is left out: Chromium does not print it.
 */
function pieces(node, cell, row) {
  if (node.type === '#') return [{ ...node, cell, row }];
  // What is known of a field is printed in it.
  if (node.type === 'Widget') {
    const { value, page, x, y } = node.fields;
    return value ? [{ ...node, text: value, page: +page, x: +x, y: +y, cell, row }] : [];
  }
  if ('alt' in node.fields) return [];
  const inside = node.kids.flatMap(kid => pieces(kid, /^T[HD]$/.test(node.type) ? node : cell, node.type === 'TR' ? node : row));
  return node.type === 'TH' ? once(inside) : inside;
}

/** Where a table goes on in another column or page, Chromium tags its head again: what is said over and over, once. */
function once(content) {
  for (let length = 1; length <= content.length / 2; length += 1) {
    if (content.every(({ text }, at) => text === content[at % length].text)) return content.slice(0, length);
  }
  return content;
}

/** Whether words are all of a head but for its last parts, which a dot parts from what is before them. */
function givesUpParts(words, head) {
  const left = [...head];
  for (const word of words) {
    const at = left.indexOf(word);
    if (at < 0) return false;
    left.splice(at, 1);
  }
  return left[0] === '·';
}

/** The stamp and the foot of the HTML, which are printed once more with the text, for browsers that leave margins empty. */
function around(source) {
  const plain = markup => bare((markup ?? '').replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt|quot|#39);/g, (_, name) =>
    ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name]));
  return [plain(source.match(/<p class="stamp">(.*?)<\/p>/)?.[1]), plain(source.slice(source.lastIndexOf('<footer>')))];
}

/**
 * What is read next stands lower on the page, or more to the right, or on a later page; a cell beside the start of the cell
 * before it in its row, which may go on to the next page.
 */
function readsDown(file, content) {
  let [last, start] = [content[0], content[0]];
  for (const next of content.slice(1)) {
    const beside = next.row && next.row === last.row && next.cell !== last.cell;
    const before = beside ? start : last;
    if (next.page < before.page || (next.page === before.page && next.y < before.y - SLACK && next.x < before.x - SLACK)) {
      fail(file, `“${next.text.slice(0, 60)}” on page ${next.page} stands above and before “${before.text.slice(0, 60)}”, which is read before it`);
      return;
    }
    if (next.cell !== last.cell) start = next;
    last = next;
  }
}

function comparePrint(html, pdf, print) {
  const [ours, printed] = [pdf, print].map(file => pieces(parseTree(read(`${file}.tree`))));
  readsDown(pdf, ours);
  readsDown(print, printed);
  // Chromium draws bullets.
  const words = content => bare(content.map(piece => piece.text).join('')).replaceAll('•', '');
  const [head, foot] = around(read(html));
  const [our, their] = [head + words(ours).replace(EMPTY_PAGE, '') + foot, words(printed)];
  let at = 0;
  while (at < our.length && our[at] === their[at]) at += 1;
  if (our !== their) fail(html, `prints “${their.slice(at, at + 60)}” after “${our.slice(Math.max(0, at - 60), at)}”, the PDF has “${our.slice(at, at + 60)}”`);
  const marks = file => (tool('pdftotext', '-raw', file, '-').match(/¶\d+/g) ?? []).sort().join(' ');
  if (marks(pdf) !== marks(print)) fail(html, 'prints other paragraph numbers (¶) than the PDF');
}

for (const html of process.argv.slice(2)) {
  const pdf = html.replace(/html$/, 'pdf');
  const print = `${html}.print`;
  const inPdf = plain(linesOfPdf(parseTree(read(`${pdf}.tree`)))).filter(line => line !== `text: ${EMPTY_PAGE}`);
  const inHtml = plain(read(`${html}.lines`).split('\n'));
  const other = difference(inPdf, inHtml, ['the PDF', 'the HTML']);
  if (other) fail(html, `structure: ${other}`);
  compareFurniture(html, pdf, print);
  comparePrint(html, pdf, print);
}
process.exit(failed ? 1 : 0);
