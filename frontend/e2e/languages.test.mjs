// One session in two languages: Alex reads it in English and Sam in Spanish, each on
// their own phone and each the same step. The counselor's desk is in either.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { arrive } from './support/arrive.mjs';
import { axeFinds, laptop, launch, person, phone, shoot } from './support/browser.mjs';
import { counselor } from './support/counselor.mjs';
import { startMend, until } from './support/mend.mjs';

let mend;
let browser;
let maria;
let alex;
let sam;
const looking = process.env.SHOTS !== undefined;

const button = (who, name) => who.page.getByRole('button', { name, exact: true });
const sees = (who, name) => who.page.getByRole('heading', { name, level: 1 }).waitFor();
const reads = (who, text) => who.page.getByText(text).filter({ visible: true }).first().waitFor();
const spoken = (who) => who.page.evaluate(() => document.documentElement.lang);

before(async () => {
  mend = await startMend();
  browser = await launch();
  maria = await counselor(browser, mend.url);
  alex = await person(browser, 'alex', { ...phone, locale: 'en-GB' });
  sam = await person(browser, 'sam', { ...phone, locale: 'es-MX' });
  for (const { page } of [alex, sam]) page.setDefaultTimeout(20_000);
});

after(async () => {
  await browser?.close();
  await mend?.close();
});

async function sound(name) {
  for (const who of [alex, sam]) {
    assert.deepEqual(await axeFinds(who.page), [], `${name} on ${who.name}`);
    if (looking) await shoot(who.page, `languages-${name}-${who.name}`);
  }
}

test('a phone begins in the language of its browser, before any script of it has run', async () => {
  for (const [locale, title, lang] of [
    ['es-MX,es;q=0.9', 'Sesión', 'es'],
    ['en-GB,en;q=0.9', 'Session', 'en'],
    ['de-AT', 'Session', 'en'],
  ]) {
    const answer = await fetch(mend.url, { headers: { 'Accept-Language': locale } });
    const html = await answer.text();
    assert.match(html, new RegExp(`<html lang="${lang}" dir="ltr">`));
    assert.match(html, new RegExp(`<title>${title}</title>`));
  }
});

test('whoever reads none of the page finds their own language on it, and it is kept', async () => {
  await alex.page.goto(mend.url);
  await sees(alex, 'Join a session');
  await button(alex, 'Español').click();
  await sees(alex, 'Entrar a una sesión');
  assert.equal(await spoken(alex), 'es');
  assert.equal(await alex.page.title(), 'Sesión');
  await alex.page.reload();
  await sees(alex, 'Entrar a una sesión');
  await button(alex, 'English').click();
  await sees(alex, 'Join a session');
});

test('each comes in in their own language', async () => {
  await alex.page.goto(maria.links.one.url);
  await sam.page.goto(maria.links.two.url);
  await sees(sam, 'Te invitan a una sesión');
  await sound('invitation');
  await arrive(alex.page);
  await arrive(sam.page, {
    next: 'Continuar',
    rules: 'Cómo trabajamos aquí',
    sees: 'Quién puede ver qué',
    agree: 'Acepto, continuar',
    waiting: 'Estás en la sala de espera',
  });
  await until(async () => (await maria.view()).doors.two === 'knocking', { what: 'the knock' });
  await maria.do('admit', { who: 'one' });
  await maria.do('admit', { who: 'two' });
});

test('the same step stands on both phones, each in their language', async () => {
  await maria.do('start_exercise', { exercise: 'floor-and-echo', cast: { a: 'one', b: 'two' } });
  await Promise.all([
    reads(alex, 'Write one topic for today'),
    reads(sam, 'Escribe un tema para hoy'),
  ]);
  await Promise.all([sees(alex, 'In your own words'), sees(sam, 'Con tus propias palabras')]);
  await sound('step');
});

test('a refusal is said in the language of the page', async () => {
  await sam.page.getByRole('textbox').fill('x'.repeat(9000));
  await sam.page.getByRole('button', { name: /^Guardar|^Enviar|^Mostrar/ }).click();
  await reads(sam, 'Esto es demasiado largo');
  await sam.page.getByRole('textbox').fill('');
});

test('a language is changed in the middle of a step, and of its words nothing is lost', async () => {
  await sam.page.getByRole('textbox').fill('la cena del domingo');
  await sam.page.getByText('Este teléfono').click();
  await button(sam, 'English').click();
  await sees(sam, 'In your own words');
  await reads(sam, 'Write one topic for today');
  assert.equal(await sam.page.getByRole('textbox').inputValue(), 'la cena del domingo');
  await button(sam, 'Español').click();
  await reads(sam, 'Escribe un tema para hoy');
  assert.equal(await sam.page.getByRole('textbox').inputValue(), 'la cena del domingo');
  assert.equal(await spoken(alex), 'en');
});

test('which language the other reads is not told to anybody', async () => {
  assert.ok(sam.heard().includes('"language":"es"'));
  assert.ok(!alex.heard().includes('"language":"es"'));
  assert.ok(!alex.heard().includes('Escribe un tema'));
});

test('a pause, its end and the end of the session are said in both', async () => {
  await button(sam, 'Pausa').click();
  await Promise.all([sees(alex, 'We’re pausing'), sees(sam, 'Hacemos una pausa')]);
  await maria.do('resume');
  await Promise.all([sees(alex, 'In your own words'), sees(sam, 'Con tus propias palabras')]);
  await maria.do('end');
  await Promise.all([sees(alex, 'The session has ended'), sees(sam, 'La sesión terminó')]);
});

test('leaving forgets the language too', async () => {
  const kept = () => sam.page.evaluate(() => localStorage.length);
  assert.equal(await kept(), 1);
  await button(sam, 'Salir de aquí').click();
  await sam.page.waitForURL('**/left');
  await sees(sam, 'Esta página está cerrada');
  assert.equal(await kept(), 0);
});

test('the desk is in the language of the account, on every computer', async () => {
  const desk = await person(browser, 'maria', { ...laptop, locale: 'en-GB' });
  desk.page.setDefaultTimeout(20_000);
  await desk.page.goto(`${mend.url}/desk`);
  await button(desk, 'Español').click();
  await desk.page.getByLabel('Correo electrónico').fill('maria@example.org');
  await desk.page.getByLabel('Contraseña', { exact: true }).fill('wrong words, all of them');
  await button(desk, 'Iniciar sesión').click();
  await reads(desk, 'El correo o la contraseña no son correctos.');
  await desk.page.getByLabel('Contraseña', { exact: true }).fill('a long enough password');
  await button(desk, 'Iniciar sesión').click();
  await desk.page.getByRole('heading', { name: /^Hoy, \p{L}+, \d+ de \p{L}+$/u }).waitFor();
  assert.deepEqual(await axeFinds(desk.page), []);
  if (looking) await shoot(desk.page, 'languages-desk');

  const other = await person(browser, 'maria elsewhere', { ...laptop, locale: 'en-GB' });
  other.page.setDefaultTimeout(20_000);
  await other.page.goto(`${mend.url}/desk`);
  await other.page.getByLabel('Email').fill('maria@example.org');
  await other.page.getByLabel('Password', { exact: true }).fill('a long enough password');
  await button(other, 'Sign in').click();
  await other.page.getByRole('heading', { name: /^Hoy, / }).waitFor();

  // A note is drafted in it as well. What was called something in the session keeps its name.
  await other.page.goto(`${mend.url}/desk/sessions/${maria.session.id}/wrap-up`);
  await button(other, 'Redactarla a partir del registro').click();
  await reads(other, /Sesión conjunta del \d+ de \p{L}+ de \d{4}/u);
  await reads(other, 'Ejercicio «Floor and echo»');
  if (looking) await shoot(other.page, 'languages-note');

  await other.page.goto(`${mend.url}/desk`);
  await button(other, 'English').click();
  await other.page.getByRole('heading', { name: /^Today, / }).waitFor();
  for (const { context } of [desk, other]) await context.close();
});

test('no page had anything to complain of', () => {
  for (const who of [alex, sam]) assert.deepEqual(who.errors, [], who.name);
});
