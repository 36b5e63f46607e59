import assert from 'node:assert/strict';
import { PackedText } from '../../../src/responses/packedText';

describe('responses/packedText', () => {
  it('gives back what was packed, and takes less room', async () => {
    for (const text of ['', '{}', '客户 𠮷\r\n\u2028'.repeat(1000)]) {
      const packed = await PackedText.of(text);
      assert.equal(await packed.unpacked(), text);
      if (text.length > 1000) assert.ok(packed.length < text.length / 10);
    }
  });
});
