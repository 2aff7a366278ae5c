/** HTML as quiz files have it → plain text: tags go, character references become characters (HTML 4.01 §24). */

/** In the order of their characters from U+00A0 on. */
const LATIN_1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
const SYMBOLS: Readonly<Record<string, string>> = {
  '"': 'quot',
  '&': 'amp',
  "'": 'apos',
  '<': 'lt',
  '>': 'gt',
  ...pairs('ŒœŠšŸƒˆ˜', 'OElig oelig Scaron scaron Yuml fnof circ tilde'),
  ...pairs(
    'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρςστυφχψωϑϒϖ',
    'Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho Sigma Tau Upsilon Phi Chi Psi Omega alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega thetasym upsih piv',
  ),
  ...pairs(
    '\u2002\u2003\u2009\u200c\u200d\u200e\u200f–—‘’‚“”„†‡•…‰′″‹›‾⁄€ℑ℘ℜ™ℵ',
    'ensp emsp thinsp zwnj zwj lrm rlm ndash mdash lsquo rsquo sbquo ldquo rdquo bdquo dagger Dagger bull hellip permil prime Prime lsaquo rsaquo oline frasl euro image weierp real trade alefsym',
  ),
  ...pairs('←↑→↓↔↵⇐⇑⇒⇓⇔', 'larr uarr rarr darr harr crarr lArr uArr rArr dArr hArr'),
  ...pairs(
    '∀∂∃∅∇∈∉∋∏∑−∗√∝∞∠∧∨∩∪∫∴∼≅≈≠≡≤≥⊂⊃⊄⊆⊇⊕⊗⊥⋅⌈⌉⌊⌋〈〉◊♠♣♥♦',
    'forall part exist empty nabla isin notin ni prod sum minus lowast radic prop infin ang and or cap cup int there4 sim cong asymp ne equiv le ge sub sup nsub sube supe oplus otimes perp sdot lceil rceil lfloor rfloor lang rang loz spades clubs hearts diams',
  ),
};
const CHARACTERS = new Map([
  ...LATIN_1.split(' ').map((name, index): [string, string] => [name, String.fromCharCode(0xa0 + index)]),
  ...Object.entries(SYMBOLS).map(([char, name]): [string, string] => [name, char]),
]);

/** Once: `&amp;lt;` is the text `&lt;`. What is no reference stays. */
export function decodeReferences(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z][a-z0-9]{1,31}));/giu,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return CHARACTERS.get(String(name)) ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
      return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
    },
  );
}

/** Also without tags; a break or the end of a block is a space. */
export function htmlToText(html: string): string {
  const bare = html
    .replace(/<!--.*?-->/gsu, '')
    .replace(/<(?:br|\/?(?:p|div|li|ul|ol|tr|h[1-6]))\b[^<>]*>/giu, ' ')
    .replace(/<\/?[a-z][^<>]*>/giu, '');
  return decodeReferences(bare);
}

function pairs(characters: string, names: string): Readonly<Record<string, string>> {
  const list = names.split(' ');
  return Object.fromEntries(Array.from(characters, (char, index) => [char, list[index] ?? '']));
}
