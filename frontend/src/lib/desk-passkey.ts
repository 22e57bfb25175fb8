import type { MadePasskey, PasskeyChallenge, ShownPasskey } from './api.gen';

// What a browser and a passkey say to each other, as the server asks and is answered.

/** Whether this browser can use passkeys here: never at a bare address. */
export function passkeysHere(): boolean {
  return (
    typeof PublicKeyCredential === 'function' && isSecureContext && !bareAddress(location.hostname)
  );
}

/** Where the desk can be opened under a name instead, when it runs on this very machine. */
export function passkeysElsewhere(): string | undefined {
  const { hostname, port, protocol } = location;
  if (hostname !== '127.0.0.1' && hostname !== '[::1]') return undefined;
  return `${protocol}//localhost${port && `:${port}`}/desk/account`;
}

/** 192.0.2.1 or [2001:db8::1]: nothing that a passkey could be bound to. */
const bareAddress = (host: string) => /^[\d.]+$/.test(host) || host.startsWith('[');

/** Has a passkey made. Nothing where the person thought better of it. */
export async function makePasskey(asked: PasskeyChallenge): Promise<MadePasskey | undefined> {
  const made = await orNothing(
    navigator.credentials.create({
      publicKey: {
        challenge: bytes(asked.challenge),
        rp: { id: asked.rp_id, name: 'Mend' },
        user: {
          id: bytes(asked.user?.id ?? ''),
          name: asked.user?.email ?? '',
          displayName: asked.user?.name ?? '',
        },
        pubKeyCredParams: (asked.algorithms ?? []).map((alg) => ({ type: 'public-key', alg })),
        excludeCredentials: known(asked),
        authenticatorSelection: {
          residentKey: 'required',
          requireResidentKey: true,
          userVerification: 'required',
        },
        attestation: 'none',
        timeout: asked.seconds * 1000,
      },
    }),
  );
  if (!made) return undefined;
  const answer = made.response as AuthenticatorAttestationResponse;
  return {
    id: made.id,
    client_data: text(answer.clientDataJSON),
    attestation: text(answer.attestationObject),
  };
}

/** Has a passkey shown. Nothing where the person thought better of it. */
export async function showPasskey(
  asked: PasskeyChallenge,
  more: { mediation?: CredentialMediationRequirement; signal?: AbortSignal } = {},
): Promise<ShownPasskey | undefined> {
  const shown = await orNothing(
    navigator.credentials.get({
      ...more,
      publicKey: {
        challenge: bytes(asked.challenge),
        rpId: asked.rp_id,
        allowCredentials: known(asked),
        userVerification: 'required',
        timeout: asked.seconds * 1000,
      },
    }),
  );
  if (!shown) return undefined;
  const answer = shown.response as AuthenticatorAssertionResponse;
  return {
    id: shown.id,
    client_data: text(answer.clientDataJSON),
    authenticator_data: text(answer.authenticatorData),
    signature: text(answer.signature),
    user_handle: answer.userHandle ? text(answer.userHandle) : '',
  };
}

/** Whether the browser offers passkeys where the email is typed. */
export async function offersPasskeys(): Promise<boolean> {
  return passkeysHere() && !!(await PublicKeyCredential.isConditionalMediationAvailable?.());
}

const known = (asked: PasskeyChallenge): PublicKeyCredentialDescriptor[] =>
  asked.credentials.map((id) => ({ type: 'public-key', id: bytes(id) }));

// A browser rejects alike for "not now", "none here" and "too late".
async function orNothing(
  asking: Promise<Credential | null>,
): Promise<PublicKeyCredential | undefined> {
  try {
    return ((await asking) as PublicKeyCredential | null) ?? undefined;
  } catch (cause) {
    if (cause instanceof DOMException) return undefined;
    throw cause;
  }
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const plain = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (c) => c.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
