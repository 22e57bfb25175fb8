import { afterEach, expect, test, vi } from 'vitest';
import { makePasskey, showPasskey } from './desk-passkey';

afterEach(() => vi.unstubAllGlobals());

const buffer = (...bytes: number[]) => new Uint8Array(bytes).buffer;
const asked = { challenge: '-_8A', rp_id: 'mend.example.org', seconds: 300, credentials: ['AQI'] };

test('what a passkey shows travels as the server reads it', async () => {
  const get = vi.fn(async (_: CredentialRequestOptions) => ({
    id: 'AQI',
    response: {
      clientDataJSON: buffer(0xfb, 0xff, 0x00),
      authenticatorData: buffer(1),
      signature: buffer(2, 3),
      userHandle: null,
    },
  }));
  vi.stubGlobal('navigator', { credentials: { get } });
  expect(await showPasskey(asked)).toEqual({
    id: 'AQI',
    client_data: '-_8A',
    authenticator_data: 'AQ',
    signature: 'AgM',
    user_handle: '',
  });
  const { publicKey } = get.mock.calls[0]?.[0] ?? {};
  expect(new Uint8Array(publicKey?.challenge as ArrayBuffer)).toEqual(
    new Uint8Array([0xfb, 0xff, 0]),
  );
  expect(publicKey).toMatchObject({ rpId: 'mend.example.org', userVerification: 'required' });
});

test('whoever thinks better of it is told no error', async () => {
  const create = async () => {
    throw new DOMException('', 'NotAllowedError');
  };
  vi.stubGlobal('navigator', { credentials: { create } });
  expect(await makePasskey(asked)).toBeUndefined();
});
