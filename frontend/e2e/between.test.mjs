// Between sessions: a counselor sets something at the desk, two phones answer it apart,
// the counselor opens it to both, and the next opening reads it back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axeFinds, laptop, launch, person, phone, shoot, smallPhone } from './support/browser.mjs';
import { counselor } from './support/counselor.mjs';
import { startMend, until } from './support/mend.mjs';

const shots = process.env.SHOTS === '1';
let mend;
let browser;

before(async () => {
  mend = await startMend();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await mend?.close();
});

const look = async (page, name) => {
  assert.deepEqual(await axeFinds(page), [], name);
  if (shots) await shoot(page, `between-${name}`);
};
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

test('homework is set, done apart, opened to both and read back', {
  timeout: 240_000,
}, async () => {
  const lead = await counselor(browser, mend.url);
  const couple = lead.session.couple;
  const desk = await person(browser, 'desk', laptop);
  await desk.context.addCookies(await lead.cookies());
  const d = desk.page;

  // The desk: something for both, with a line.
  await d.goto(`${mend.url}/desk/couples/${couple}`);
  await press(d, 'Set something');
  await d.getByLabel('Exercise').selectOption('before-next-time');
  await d.getByText('This one opens two answers side by side').waitFor();
  await d.getByLabel('A line from you').fill('Take your time with this.');
  await look(d, 'desk-new');
  await press(d, 'Set it');
  const card = d.getByRole('article', { name: 'Before next time' });
  await card.waitFor();
  const links = [];
  for (const button of await card.getByRole('button', { name: /^Make a link/ }).all()) {
    links.push(button);
  }
  assert.equal(links.length, 2);
  const urls = [];
  for (let i = 0; i < 2; i++) {
    await card
      .getByRole('button', { name: /^Make a link/ })
      .first()
      .click();
    await until(async () => (await card.locator('input[readonly]').count()) === i + 1, {
      what: 'the link',
    });
  }
  for (const input of await card.locator('input[readonly]').all())
    urls.push(await input.inputValue());
  await look(d, 'desk-set');

  // Opening the link burns nothing; the person's own Continue begins the visit.
  const one = await person(browser, 'one', phone);
  const two = await person(browser, 'two', smallPhone);
  const p = one.page;
  await p.goto(urls[0]);
  await p.getByRole('heading', { name: 'Something from your counselor' }).waitFor();
  await look(p, 'door');
  await press(p, 'Continue');
  await p.getByRole('heading', { name: 'Before you begin' }).waitFor();
  assert.equal(new URL(p.url()).hash, '', 'the token has left the address');
  assert.equal(await p.title(), 'Session');
  await look(p, 'accept');
  await press(p, 'I agree, continue');
  await p.getByText('Take your time with this.').waitFor();
  await look(p, 'overview');
  await press(p, 'Begin');
  await press(p, 'I’ve read it');

  // Without a network the answer stays in hand, and goes when it is back.
  await p.getByRole('radio', { name: '3', exact: true }).check({ force: true });
  await one.context.setOffline(true);
  await press(p, 'Save it to be shown together');
  await p.getByText('Not sent yet.').waitFor();
  await look(p, 'offline');
  await one.context.setOffline(false);
  await p.getByRole('heading', { name: 'Saved. Not shared yet' }).waitFor();
  await press(p, 'Next');

  // Hope is read by the counselor first, and the phone says so before it is given.
  await p.getByRole('radio', { name: '2', exact: true }).check({ force: true });
  await press(p, 'Save it to be shown together');
  await press(p, 'Next');
  await p.getByText('How much hope').first().waitFor();
  await look(p, 'hope');
  await p.getByRole('radio', { name: '4', exact: true }).check({ force: true });
  await p.locator('button[type=submit]').click();
  await press(p, 'Next');

  // What is typed outlives the page.
  await p.getByRole('textbox').fill('SECRET-ONE I went quiet to keep the peace');
  await p.getByText('What you typed is saved.').waitFor();
  await p.reload();
  await press(p, 'Go on');
  await until(async () => (await p.getByRole('textbox').inputValue()).startsWith('SECRET-ONE'), {
    what: 'the draft',
  });
  await press(p, 'Save it to be shown together');
  await p.getByRole('heading', { name: 'Saved. Not shared yet' }).waitFor();
  await look(p, 'given');
  await press(p, 'Next');
  await p.getByRole('textbox').fill('ASIDE-ONE a letter came');
  await p.getByRole('button', { name: /^Send to .* only$/ }).click();
  await p.getByRole('heading', { name: /^Sent to/ }).waitFor();
  await press(p, 'Next');
  for (const title of ['Side by side', 'How close, for each', 'Hope, for each']) {
    await p.getByRole('heading', { name: title }).waitFor();
    await p.getByText('opens both answers at the same moment').waitFor();
    await press(p, 'Next');
  }
  await p.getByRole('heading', { name: 'You’re through with it' }).waitFor();
  await look(p, 'finished');

  // The other, in Spanish, on the narrowest phone.
  const q = two.page;
  await q.goto(urls[1]);
  await q.getByRole('heading', { name: 'Something from your counselor' }).waitFor();
  await press(q, 'Español');
  await q.getByRole('button', { name: 'Continuar' }).click();
  await q.getByRole('heading', { name: 'Antes de empezar' }).waitFor();
  await look(q, 'accept-es');
  await press(q, 'Acepto, continuar');
  await press(q, 'Empezar');
  await press(q, 'Ya lo leí');
  for (const value of ['8', '6', '7']) {
    await q.getByRole('radio', { name: value, exact: true }).check({ force: true });
    await q.locator('button[type=submit]').click();
    await press(q, 'Siguiente');
  }
  await q.getByRole('textbox').fill('SECRET-TWO sigo aquí');
  await q.locator('button[type=submit]').click();
  await press(q, 'Siguiente');
  await look(q, 'step-es');
  await press(q, 'Saltar esta');
  assert.doesNotMatch(two.heard(), /SECRET-ONE|ASIDE-ONE/);
  assert.doesNotMatch(one.heard(), /SECRET-TWO/);

  // The desk opens it to both.
  await d.reload();
  const again = d.getByRole('article', { name: 'Before next time' });
  await again.getByRole('button', { name: 'Open “Side by side” to both now' }).waitFor();
  assert.doesNotMatch(desk.heard(), /SECRET-/);
  await again.getByText('Answers', { exact: true }).click();
  await again.getByText('ASIDE-ONE a letter came').waitFor();
  await look(d, 'desk-ready');
  await again.getByRole('button', { name: 'Open “Side by side” to both now' }).click();
  await again.getByText('SECRET-TWO').waitFor();
  await p.reload();
  await p.getByRole('button', { name: /^Side by side/ }).click();
  await p.getByText('SECRET-TWO sigo aquí').waitFor();
  await look(p, 'revealed');
  assert.doesNotMatch(two.heard(), /ASIDE-ONE/);

  // Leaving empties the page at once, and what was there is over.
  await press(p, 'Leave this page');
  await p.waitForURL('**/left');
  await p.goto(`${mend.url}/between`);
  await p.getByRole('heading', { name: 'Open your link again' }).waitFor();
  await look(p, 'shut');

  // The next opening reads it back on every screen, and then it is over.
  const joined = await lead.link('two');
  const room = await person(browser, 'two in the room', phone);
  await room.page.goto(joined.url);
  await room.page.getByRole('button', { name: 'Continue' }).click();
  await room.page.getByRole('heading', { name: 'How we work here' }).waitFor();
  await press(room.page, 'Continue');
  await press(room.page, 'Continue');
  await press(room.page, 'I agree, continue');
  await until(async () => (await lead.view()).doors.two === 'knocking', { what: 'the knock' });
  await lead.do('admit', { who: 'two' });
  await lead.do('start_exercise', { exercise: 'opening', cast: { a: 'one', b: 'two' } });
  await room.page.getByText('SECRET-ONE I went quiet to keep the peace').waitFor();
  await room.page.getByText(/^Done: /).waitFor();
  await look(room.page, 'read-back');
  assert.doesNotMatch(room.heard(), /ASIDE-ONE/);
  assert.match(JSON.stringify((await lead.view()).homework), /SECRET-TWO/);
  await q.reload();
  await q.getByRole('heading', { name: 'Esto ya terminó' }).waitFor();
  await look(q, 'over-es');
  for (const each of [desk, one, two, room]) assert.deepEqual(each.errors, [], each.name);
});
