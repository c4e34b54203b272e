// Runs in the browser: an item's document, its answers by words → responses → the score of each of two engines.
// QTI 2.1 and 3 are told apart by names alone: qti-simple-choice and simpleChoice are read alike.
const nameOf = element => element.localName.replace(/^qti-/, '').replace(/-/g, '').toLowerCase();
const valueOf = (element, name) => [...element.attributes].find(a => a.name.replace(/-/g, '').toLowerCase() === name)?.value;
const below = (root, name) => [...root.getElementsByTagName('*')].filter(element => nameOf(element) === name);
const bare = text => text.replace(/\[([^\]]*)\]\{[a-z-]+\}/gi, '$1').replace(/\\?\*+/g, '').replace(/["'“”‘’]/g, '').replace(/\s+/g, ' ').trim();
// The words of a choice without what is said to it.
const shown = element => {
  const copy = element.cloneNode(true);
  below(copy, 'feedbackinline').forEach(told => told.remove());
  return bare(copy.textContent);
};
const idOf = (list, words) => {
  const found = list.filter(element => shown(element) === bare(words));
  if (found.length !== 1) throw new Error(`${found.length} choices say “${words}”`);
  return valueOf(found[0], 'identifier');
};

/** Identifier of a response → what was answered, null where nothing was; nothing at all where it cannot be answered so. */
function responsesOf(doc, say) {
  const responses = {};
  for (const declared of below(doc, 'responsedeclaration')) responses[valueOf(declared, 'identifier')] = null;
  const single = id => below(doc, 'responsedeclaration').find(d => valueOf(d, 'identifier') === id).getAttribute('cardinality') === 'single';
  const put = (interaction, values) => {
    const id = valueOf(interaction, 'responseidentifier');
    if (!(id in responses)) throw new Error(`${id} is not declared`);
    responses[id] = single(id) ? values[0] ?? null : values;
  };
  const choose = (interaction, words) => put(interaction, words.map(w => idOf(below(interaction, 'simplechoice'), w)));
  if (say.choice) choose(below(doc, 'choiceinteraction')[0], say.choice);
  if (say.nth) {
    const interaction = below(doc, 'choiceinteraction')[0];
    put(interaction, say.nth.map(n => valueOf(below(interaction, 'simplechoice')[n], 'identifier')));
  }
  if (say.paired) say.paired.forEach((words, at) => choose(below(doc, 'choiceinteraction')[at], [words]));
  if (say.pairs) {
    const [premises, answers] = below(doc, 'simplematchset').map(set => below(set, 'simpleassociablechoice'));
    put(below(doc, 'matchinteraction')[0], say.pairs.map(([p, r]) => `${idOf(premises, p)} ${idOf(answers, r)}`));
  }
  if (say.order) put(below(doc, 'orderinteraction')[0], say.order.map(w => idOf(below(doc, 'simplechoice'), w)));
  if (say.gaps) {
    const gaps = [...doc.getElementsByTagName('*')].filter(e => ['inlinechoiceinteraction', 'textentryinteraction'].includes(nameOf(e)));
    if (gaps.length !== say.gaps.length) throw new Error(`${gaps.length} gaps`);
    say.gaps.forEach((word, at) => {
      if (word !== null) put(gaps[at], [nameOf(gaps[at]) === 'textentryinteraction' ? word : idOf(below(gaps[at], 'inlinechoice'), word)]);
    });
  }
  if (say.typed !== undefined) put(below(doc, 'textentryinteraction')[0], [say.typed]);
  if (say.sentences || say.other) {
    const sentences = below(doc, 'hottext');
    // Where each stands in the whole, and so which of them a quotation touches.
    let whole = '';
    const spans = sentences.map(s => { const words = shown(s); const from = whole.length; whole += `${words} `; return [valueOf(s, 'identifier'), from, whole.length - 1]; });
    const touched = quote => {
      const at = whole.indexOf(bare(quote));
      if (at < 0) throw new Error(`no sentence has “${quote}”`);
      return spans.filter(([, from, to]) => from < at + bare(quote).length && at < to).map(([id]) => id);
    };
    if (say.sentences) {
      const marked = say.sentences.flatMap(touched).filter(id => !say.unless || !touched(say.unless).includes(id));
      if (!marked.length) return null;
      put(below(doc, 'hottextinteraction')[0], marked);
    }
    if (say.other) {
      const used = new Set(say.other.flatMap(touched));
      put(below(doc, 'hottextinteraction')[0], [spans.find(([id]) => !used.has(id))[0]]);
    }
  }
  return responses;
}

/** QTI 3 in qti-components: rendered once, answered again and again; the right answer is clicked where it is a choice. */
async function component(text, answers) {
  const doc = new DOMParser().parseFromString(text, 'text/xml');
  const host = document.getElementById('host');
  host.replaceChildren();
  const html = new XMLSerializer().serializeToString(doc.documentElement).replace(/<(qti-[\w-]+)((?:\s[^<>]*?)?)\/>/g, '<$1$2></$1>');
  host.append(document.createRange().createContextualFragment(html));
  const item = host.querySelector('qti-assessment-item');
  await item.updateComplete;
  await new Promise(done => setTimeout(done));
  await item.updateComplete;
  const got = name => item.variables.find(v => v.identifier === name)?.value ?? null;
  const results = answers.map(({ say }) => {
    const responses = responsesOf(doc, say);
    if (!responses) return null;
    for (const [id, value] of Object.entries(responses)) item.updateResponseVariable(id, value);
    item.processResponse(true, false);
    return { score: Number(got('SCORE')), most: Number(got('MAXSCORE')), explained: got('EXPLANATION'), feedback: got('FEEDBACK'), asked: responses };
  });
  // Once with the mouse: what is clicked is what is held.
  const first = answers[0]?.say;
  let clicked = true;
  if (first?.choice || first?.nth) {
    item.updateResponseVariable('RESPONSE', null);
    const wanted = [responsesOf(doc, first).RESPONSE].flat();
    const interaction = host.querySelector('qti-choice-interaction');
    for (const choice of host.querySelectorAll('qti-simple-choice')) if (choice.getAttribute('aria-checked') === 'true') choice.click();
    for (const id of wanted) host.querySelector(`qti-simple-choice[identifier="${id}"]`).click();
    clicked = JSON.stringify([got('RESPONSE')].flat().sort()) === JSON.stringify(wanted.sort()) && interaction.checkVisibility();
  }
  return { results, clicked, visible: item.innerText.trim().length };
}

/** QTI 2.1 in the rule engine that TAO's item runner has; it takes what TAO makes of the XML, so that is made here first. */
function tao(text, answers) {
  const doc = new DOMParser().parseFromString(text, 'text/xml');
  const attributes = element => Object.fromEntries([...element.attributes].map(a => [a.name, a.value]));
  const kids = element => [...element.children];
  const values = element => { const found = kids(element).find(k => k.localName === 'correctResponse' || k.localName === 'defaultValue'); return found ? kids(found).map(v => v.textContent) : undefined; };
  const expression = e => ({ qtiClass: e.localName, attributes: attributes(e), ...(e.children.length ? { expressions: kids(e).map(expression) } : {}), ...(e.localName === 'baseValue' ? { value: e.textContent } : {}) });
  const branch = e => ({ qtiClass: e.localName, expression: expression(e.firstElementChild), responseRules: kids(e).slice(1).map(rule) });
  const rule = e => e.localName === 'responseCondition'
    ? { qtiClass: e.localName, responseIf: branch(kids(e)[0]), responseElseIfs: [], responseElse: undefined }
    : { qtiClass: e.localName, attributes: attributes(e), expression: expression(e.firstElementChild) };
  const mapping = d => { const m = kids(d).find(k => k.localName === 'mapping'); return m && { qtiClass: 'mapping', attributes: attributes(m), mapEntries: kids(m).map(e => ({ qtiClass: 'mapEntry', mapKey: e.getAttribute('mapKey'), mapValue: e.getAttribute('mappedValue'), attributes: { caseSensitive: e.getAttribute('caseSensitive') !== 'false' } })) }; };
  const declared = [...doc.getElementsByTagName('responseDeclaration')];
  const processing = doc.getElementsByTagName('responseProcessing')[0];
  const template = processing?.getAttribute('template');
  const standard = { match_correct: '<r><responseCondition><responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match><setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf></responseCondition></r>',
    map_response: '<r><setOutcomeValue identifier="SCORE"><mapResponse identifier="RESPONSE"/></setOutcomeValue></r>' };
  const known = /^http:\/\/www\.imsglobal\.org\/question\/qti_v2p1\/rptemplates\/(match_correct|map_response)$/;
  if (template && !known.test(template)) throw new Error(`${template} is no standard template`);
  const rules = template ? new DOMParser().parseFromString(standard[template.match(known)[1]], 'text/xml').documentElement : processing;
  const provider = taoModules('taoQtiItem/scoring/provider/qti');
  const results = answers.map(({ say }) => {
    const responses = responsesOf(doc, say);
    if (!responses) return null;
    const item = {
      identifier: 'item',
      responses: declared.map(d => ({ attributes: attributes(d), correctResponses: values(d), mapping: mapping(d) })),
      outcomes: [...doc.getElementsByTagName('outcomeDeclaration')].map(d => ({ attributes: attributes(d), defaultValue: values(d)?.[0] ?? (d.getAttribute('baseType') === 'float' ? null : '') })),
      responseProcessing: { responseRules: rules ? kids(rules).map(rule) : [] },
    };
    const pci = {};
    for (const d of declared) {
      const [id, cardinality, type] = ['identifier', 'cardinality', 'baseType'].map(n => d.getAttribute(n));
      let value = responses[id];
      const cast = one => (type === 'directedPair' ? one.split(' ') : one);
      if (value !== null) value = Array.isArray(value) ? value.map(cast) : cast(value);
      pci[id] = cardinality === 'single' ? { base: value === null ? null : { [type]: value } } : { list: { [type]: value ?? [] } };
    }
    let state, wrong;
    provider.process.call({ trigger: (_, error) => { wrong = error; } }, pci, item, (_, final) => { state = final; });
    if (wrong) throw wrong;
    const got = name => state[name]?.value ?? null;
    return { score: Number(got('SCORE')), most: Number(got('MAXSCORE')), explained: got('EXPLANATION'), feedback: got('FEEDBACK'), asked: responses };
  });
  return { results, clicked: true, visible: 1 };
}
