/** Texts that would like to be more than text. */
import fc from 'fast-check'

export const nasty: readonly string[] = [
  '</text></svg><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='alert(1)",
  '&lt;b&gt; &amp; &#60;',
  ']]><!-- -->',
  '</style></title></details>',
  'a|b\\|c\\',
  '`code` ``` ~~~ `',
  '```\n# heading\n',
  '[link](javascript:alert(1)) ![x](y) <https://x.y>',
  'https://example.com www.example.com @everyone #1 a@b.c',
  '**bold** _it_ ~~no~~ $x$',
  '"]; click a "javascript:alert(1)"; b["',
  '%%{init: {"theme": "x"}}%% end subgraph',
  'style:x#quot; classDef:y#1;',
  '#quot;#35;ﬂ°°60¶ß',
  '\u001b[31mred\u001b[0m\u0007\u009b2J',
  'one\r\ntwo\u2028three\u0085',
  '\u202eevil\u2066\u200b\u00ad\ufeff\u{e0041}',
  '\ud800 alone \udc00',
  '\u0000\ufffe\uffff',
  '  two  blanks  ',
  '漢字 ｆｕｌｌ 👩 e\u0301',
  '${aws:PrincipalTag/team}',
  '__proto__ constructor $& $1 $`',
]

const parts = [
  '"',
  "'",
  '<',
  '>',
  '&',
  ';',
  '#',
  '|',
  '`',
  '\\',
  ']',
  '}',
  '%%',
  '\n',
  '\u202e',
  '\u001b[',
  '--',
  ' ',
  'style',
  'a',
  '漢',
  '-->',
  ':',
]

/** One of the texts above, or pieces of such texts in any order. */
export const nastyText = fc.oneof(
  fc.constantFrom(...nasty),
  fc.array(fc.constantFrom(...parts), { maxLength: 12 }).map((some) => some.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
