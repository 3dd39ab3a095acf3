import { expect, it } from 'vitest';
import { json, startScripted } from '../confluence/scripted-server.ts';
import { createTestClient } from '../confluence/test-client.ts';
import { recordedFile } from './recorded.ts';

it.each(['err-v2-404-rejected-credential.json', 'err-v1-403-not-permitted.json'])(
  '%s makes the credential dead when the proof of identity fails too',
  async (file) => {
    const { status, body } = recordedFile(file);
    await using server = await startScripted(({ url }, response) => {
      if (url.pathname.endsWith('/user/current')) json(response, 403, { message: 'caller cannot access Confluence' });
      else json(response, status, body);
    });
    await using client = createTestClient(server.site);
    const { confluence } = client;
    const call = file.startsWith('err-v2') ? confluence.spaces({}) : confluence.restrictionsOf('1');
    await expect(call).rejects.toMatchObject({ code: 'auth-invalid' });
  },
);
