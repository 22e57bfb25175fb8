const english = {
  next: 'Continue',
  rules: 'How we work here',
  sees: 'Who can see what',
  agree: 'I agree, continue',
  waiting: 'You’re in the waiting room',
};

/** From a partner's link, which the page has opened, through the pages of arriving to the
 *  waiting room. Each is waited for: its button has the name of the one before. */
export async function arrive(page, said = english) {
  const press = (name) => page.getByRole('button', { name, exact: true }).click();
  const heading = (name) => page.getByRole('heading', { name, level: 1 }).waitFor();
  await press(said.next);
  await heading(said.rules);
  await press(said.next);
  await heading(said.sees);
  await press(said.next);
  await press(said.agree);
  await heading(said.waiting);
}
