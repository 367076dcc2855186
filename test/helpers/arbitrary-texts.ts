/** Texts as people write them, and texts that might break a screen. */
import fc from 'fast-check'

const PIECES = [
  'hello',
  'a rather long line that goes on and on, as people do when nobody stops them',
  'https://example.org/a/very/long/address/without/any/place/to/break/it/properly?and=so&on=1',
  '日本語のテキスト',
  '한국어 텍스트',
  'مرحبا بالعالم',
  'שלום עולם',
  'नमस्ते दुनिया',
  'நிலா',
  'ไม่มีช่องว่าง',
  '👨‍👩‍👧‍👦',
  '👍🏽',
  '🇪🇺🇯🇵',
  '❤️',
  '1️⃣',
  'z\u0324\u0324\u0308\u0308a\u0300\u0301l\u0302g\u0303o\u0308',
  'ｆｕｌｌ　ｗｉｄｔｈ',
  '\u200d\ufe0f\u0301',
  ' ',
  '\n',
]

export const anyText = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'grapheme', maxLength: 12 })), { maxLength: 8 })
  .map(pieces => pieces.join(' ').replace(/[\p{Cc}--\n]/gv, ''))
