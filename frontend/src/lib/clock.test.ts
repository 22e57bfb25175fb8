import { describe, expect, it } from 'vitest';
import { Countdown, ServerClock } from './clock';

describe('the server’s clock', () => {
  it('believes the sample with the least round trip', () => {
    const clock = new ServerClock();
    clock.sample(0, 1000, 5900); // says +5400, a second under way
    clock.sample(2000, 2020, 7010); // says +5000
    clock.sample(3000, 3600, 8000);
    expect(clock.offset).toBe(5000);
    expect(clock.now(10_000)).toBe(15_000);
  });

  it('starts from the welcome’s stamp and drops it for any real sample', () => {
    const clock = new ServerClock();
    clock.hint(1000, 4000);
    expect(clock.offset).toBe(3000);
    clock.sample(2000, 2400, 5000);
    expect(clock.offset).toBe(2800);
  });

  it('forgets samples that are older than five minutes', () => {
    const clock = new ServerClock();
    clock.sample(0, 10, 1005);
    clock.sample(400_000, 400_500, 402_250);
    expect(clock.offset).toBe(2000);
  });

  it('takes nothing from an exchange during which the phone’s clock went back', () => {
    const clock = new ServerClock();
    clock.sample(10_000, 4000, 9000);
    expect(clock.offset).toBe(0);
  });
});

describe('a countdown', () => {
  it('never gives time back unless the deadline moves', () => {
    const countdown = new Countdown();
    expect(countdown.left(60_000, 10_000)).toBe(50_000);
    expect(countdown.left(60_000, 5_000)).toBe(50_000); // the clock was corrected backwards
    expect(countdown.left(60_000, 30_000)).toBe(30_000);
    expect(countdown.left(90_000, 30_000)).toBe(60_000); // extended
    expect(countdown.left(90_000, 120_000)).toBe(0);
  });
});
