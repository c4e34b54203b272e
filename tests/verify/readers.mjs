// Six independent readers open each PDF without a warning and agree on its pages and its text; every font is embedded and can
// be copied from. Of what is filled in on a screen, three agree on every field, and what one fills in the others show.
// PDFBox has run before (ReadPdf). Usage: readers.mjs FILE.pdf…
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bare } from './tree.mjs';

// pdf.js warns on the console: of the canvas that it lacks when it is loaded, later of the file.
const warnings = [];
console.warn = (...words) => warnings.push(words.join(' '));
const pdfjs = path.resolve('target/verify/npm/node_modules/pdfjs-dist');
const say = console.log;
console.log = console.warn;
const { getDocument } = await import(pathToFileURL(`${pdfjs}/legacy/build/pdf.mjs`).href);
warnings.length = 0;

/** What Debian leaves out of mupdf is no fault of a file. */
const ICC = /^warning: ICC support is not available$/;

let failed = 0;
const fail = (file, words) => { say(`${file}: ${words}`); failed += 1; };

/** Runs a reader; all that it says of the file beside its answer is a complaint. */
function run(file, name, args, expected = /^$/) {
  return new Promise(done => {
    execFile(name, args, { encoding: 'utf8', maxBuffer: 1 << 28 }, (error, out, complaint) => {
      const rest = complaint.split('\n').filter(line => line && !expected.test(line)).join('; ');
      if (rest) fail(file, `${name}: ${rest.slice(0, 300)}`);
      else if (error) fail(file, `${name} ends with ${error.code}: ${out.slice(-300)}`);
      done(out);
    });
  });
}

/** Pages of a text in which a form feed ends each. */
const pagesOf = text => text.split('\f').slice(0, -1);

async function ghostscript(file) {
  const folder = mkdtempSync(path.join(tmpdir(), 'txtwrite-'));
  const said = await run(file, 'gs', ['-q', '-dBATCH', '-dNOPAUSE', '-dPDFSTOPONWARNING', '-sDEVICE=txtwrite', '-o', `${folder}/%06d`, file]);
  if (said) fail(file, `gs: ${said.slice(0, 300)}`);
  const pages = readdirSync(folder).sort().map(page => readFileSync(`${folder}/${page}`, 'utf8'));
  rmSync(folder, { recursive: true });
  return pages;
}

async function pdfJs(file) {
  const bytes = new Uint8Array(readFileSync(file));
  const pages = [];
  const fields = [];
  try {
    const pdf = await getDocument({ data: bytes, verbosity: 1, stopAtErrors: true, standardFontDataUrl: `${pdfjs}/standard_fonts/` }).promise;
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const page = await pdf.getPage(number);
      await page.getOperatorList();
      const { items } = await page.getTextContent({ disableNormalization: true });
      pages.push(items.map(({ str }) => str).join(' '));
      for (const widget of await page.getAnnotations()) {
        if (widget.subtype !== 'Widget') continue;
        const kind = widget.fieldType === 'Tx' ? (widget.multiLine ? 'lines' : 'line') : widget.radioButton ? 'radio' : 'check';
        fields.push({ page: number, name: widget.fieldName, kind, value: widget.fieldType === 'Tx' ? widget.fieldValue ?? '' : '', words: widget.alternativeText });
      }
    }
    await pdf.destroy();
  } catch (error) {
    fail(file, `pdf.js: ${error}`);
  }
  return { pages, fields };
}

/** The fields of a file that PDFBox has read, in the order of the tab key. */
function fieldsOf(file) {
  return readFileSync(`${file}.fields`, 'utf8').split('\n').filter(Boolean).map(line => {
    const [page, name, kind, value, words] = line.split('\t');
    return { page: +page, name, kind, value: kind?.startsWith('line') ? value : '', words };
  });
}

/** What qpdf says of the same; of options it knows what is asked, not which is which. */
async function fieldsOfQpdf(file) {
  const { acroform } = JSON.parse(await run(file, 'qpdf', ['--json', '--json-key=acroform', file]));
  return acroform.fields.map(field => ({
    page: field.pageposfrom1,
    name: field.fullname,
    kind: field.istext ? 'text' : field.isradiobutton ? 'radio' : field.ischeckbox ? 'check' : field.fieldtype,
  }));
}

/** Three readers find the same fields, the structure tells of them in the same order, and what PDFBox has filled in is shown. */
async function checkFields(file, js) {
  const ours = fieldsOf(file);
  const same = (name, theirs, shown) => {
    const at = ours.findIndex((field, n) => shown(field) !== (theirs[n] && shown(theirs[n])));
    if (at >= 0 || ours.length !== theirs.length) {
      fail(file, `${name} finds ${theirs.length} fields, PDFBox ${ours.length}; field ${at + 1} is “${theirs[at] && shown(theirs[at])}”, not “${ours[at] && shown(ours[at])}”`);
    }
  };
  same('pdf.js', js, ({ page, name, kind, value, words }) => [page, name, kind, value, words].join(', '));
  same('qpdf', await fieldsOfQpdf(file), ({ page, name, kind }) => [page, name, kind.startsWith('line') ? 'text' : kind].join(', '));
  const read = readFileSync(`${file}.tree`, 'utf8').split('\n').filter(line => /^\t*Widget\t/.test(line));
  same('the structure', read.map(line => ({ words: line.match(/\twords=([^\t]*)/)[1] })), ({ words }) => words);
  if (ours.some(({ name, words }) => !name || !words)) fail(file, 'a field without a name or words');
  const filled = `${file}.filled`;
  const typed = ours.filter(({ kind }) => kind.startsWith('line')).map(({ name }) => `ä${name}`);
  for (const [reader, shown] of [
    ['poppler', await run(filled, 'pdftotext', ['-enc', 'UTF-8', filled, '-'])],
    ['mupdf', await run(filled, 'mutool', ['draw', '-q', '-F', 'txt', filled], ICC)],
  ]) {
    const lost = typed.filter(words => !bare(shown).includes(bare(words)));
    if (lost.length) fail(filled, `${reader} does not show ${lost.length} of what was typed: ${lost.slice(0, 3).join(', ')}`);
  }
  const { fields } = await pdfJs(filled);
  const other = fields.find(({ name, kind, value }) => kind.startsWith('line') && value !== `ä${name}`);
  if (other || fields.length !== ours.length) fail(filled, `pdf.js reads other values: ${JSON.stringify(other)}`);
}

/** Where two texts part. */
function parting(ours, theirs) {
  let at = 0;
  while (at < ours.length && ours[at] === theirs[at]) at += 1;
  return `after “${ours.slice(Math.max(0, at - 30), at)}” “${ours.slice(at, at + 30)}”, not “${theirs.slice(at, at + 30)}”`;
}

/** How often each character occurs, less how often it does in the other text. */
function surplus(ours, theirs) {
  const count = new Map();
  for (const c of ours) count.set(c, (count.get(c) ?? 0) + 1);
  for (const c of theirs) count.set(c, (count.get(c) ?? 0) - 1);
  return count;
}

/**
 * Ghostscript puts words in the order of the page, so it must read the same characters as the others in any order. Version
 * 10.00 writes what a ligature stands for with its bytes exchanged (f as U+6600) or summed: where it does, letters of
 * ligatures may be missing, at most three for each such character, and nothing else.
 */
function agreesInAnyOrder(ours, theirs) {
  const exchanged = /[\u6000-\uf800]/gu;
  const mangled = [...theirs.matchAll(exchanged)].filter(([c]) => (c.charCodeAt(0) & 0xff) === 0).length;
  const count = [...surplus(ours, mangled ? theirs.replace(exchanged, c => (c.charCodeAt(0) & 0xff ? c : '')) : theirs)];
  const missing = count.filter(([, n]) => n > 0);
  const letters = missing.reduce((sum, [, n]) => sum + n, 0);
  return count.every(([, n]) => n >= 0) && missing.every(([c]) => 'fijlt'.includes(c)) && letters >= mangled && letters <= 3 * mangled
    ? undefined
    : count.filter(([, n]) => n !== 0).slice(0, 12).map(([c, n]) => `${n < 0 ? 'more' : 'fewer'} “${c}”`).join(', ');
}

async function fonts(file) {
  const rows = (await run(file, 'pdffonts', [file])).trimEnd().split('\n').slice(2);
  if (rows.length === 0) fail(file, 'has no font');
  for (const row of rows) {
    const [embedded, subset, unicode] = row.trim().split(/\s+/).slice(-5);
    if (embedded !== 'yes' || subset !== 'yes' || unicode !== 'yes') fail(file, `font not embedded, not a subset or without ToUnicode: ${row}`);
  }
}

async function check(file) {
  const pages = Number((await run(file, 'pdfinfo', [file])).match(/^Pages:\s+(\d+)/m)?.[1]);
  const [poppler, mupdf, gs] = await Promise.all([
    run(file, 'pdftotext', ['-raw', '-enc', 'UTF-8', file, '-']).then(pagesOf),
    run(file, 'mutool', ['draw', '-q', '-F', 'txt', file], ICC).then(pagesOf),
    ghostscript(file),
    run(file, 'qpdf', ['--check', file]),
    fonts(file),
  ]);
  warnings.length = 0;
  const { pages: js, fields } = await pdfJs(file);
  if (warnings.length) fail(file, `pdf.js: ${[...new Set(warnings)].slice(0, 3).join('; ')}`);
  const npages = Number(await run(file, 'qpdf', ['--show-npages', file]));
  const box = pagesOf(readFileSync(`${file}.pdfbox`, 'utf8'));
  const instead = pagesOf(readFileSync(`${file}.instead`, 'utf8'));
  const counts = { poppler: poppler.length, mupdf: mupdf.length, ghostscript: gs.length, 'pdf.js': js.length, PDFBox: box.length, qpdf: npages };
  if (Object.values(counts).some(count => count !== pages)) {
    fail(file, `pdfinfo counts ${pages} pages, others ${Object.entries(counts).map(([name, count]) => `${name} ${count}`).join(', ')}`);
    return;
  }
  // What is known of a field: PDFBox and pdf.js do not count it as text of the page, the others read it last.
  const known = box.map(() => '');
  if (existsSync(`${file}.fields`)) {
    await checkFields(file, fields);
    for (const { page, value } of fieldsOf(file)) known[page - 1] += bare(value);
  }
  // The first page on which a reader differs says enough.
  const differing = new Set();
  const differs = (name, words) => { if (!differing.has(name)) fail(file, words); differing.add(name); };
  for (let at = 0; at < pages; at += 1) {
    const ours = bare(box[at]);
    // Poppler alone reads what is to be read in place of content, such as “blank 2 of 5”.
    const pairs = [
      ['poppler', bare(instead[at]) + known[at], bare(poppler[at])],
      ['mupdf', ours + known[at], bare(mupdf[at])],
      ['pdf.js', ours, bare(js[at])],
    ];
    for (const [name, expected, read] of pairs) {
      if (expected !== read) differs(name, `page ${at + 1}: ${name} reads other text than PDFBox: ${parting(expected, read)}`);
    }
    const other = agreesInAnyOrder(ours + known[at], bare(gs[at]));
    if (other) differs('ghostscript', `page ${at + 1}: ghostscript reads other characters than PDFBox: ${other}`);
  }
}

for (const file of process.argv.slice(2)) await check(file);
process.exit(failed ? 1 : 0);
