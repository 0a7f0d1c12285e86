// Numbers, spans and moments as people read them. Nothing in view/ knows the page or what time it is.

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What is not known. */
export const NONE = '–';

const isNumber = (n) => typeof n === 'number' && Number.isFinite(n);

/** 1,204 */
export const count = (n) => (isNumber(n) ? WHOLE.format(n) : NONE);

/** 950, 4.1 k, 1.2 M: three figures at most. */
export function short(n) {
  if (!isNumber(n)) return NONE;
  let value = Math.abs(n);
  for (const unit of ['', ' k', ' M', ' G']) {
    if (value < 999.5 || unit === ' G') return (n < 0 ? '−' : '') + figures(value, unit === '') + unit;
    value /= 1000;
  }
}

function figures(value, whole) {
  return whole || value >= 99.95 ? WHOLE.format(value) : value.toFixed(value < 9.95 && value > 0 ? 1 : 0);
}

/** 4.7 GB, in powers of 1,000 as Ollama tells sizes. */
export function bytes(n) {
  if (!isNumber(n)) return NONE;
  let value = n;
  for (const unit of ['B', 'kB', 'MB', 'GB', 'TB']) {
    if (value < 999.5 || unit === 'TB') return `${value < 9.95 && unit !== 'B' ? value.toFixed(1) : WHOLE.format(value)} ${unit}`;
    value /= 1000;
  }
}

/** How long something takes: 40 ms, 3.2 s, 48 s, 2 min 14 s, 3 h 05 min, 2 d 4 h. */
export function span(ms) {
  if (!isNumber(ms)) return NONE;
  const value = Math.max(0, ms);
  if (value < 100) return `${Math.round(value)} ms`;
  if (value < 9950) return `${(value / SECOND).toFixed(1)} s`;
  if (value < 59_500) return `${Math.round(value / SECOND)} s`;
  if (value < HOUR - SECOND / 2) return pair(value, MINUTE, 'min', SECOND, 's');
  if (value < DAY - MINUTE / 2) return pair(value, HOUR, 'h', MINUTE, 'min');
  return pair(value, DAY, 'd', HOUR, 'h');
}

function pair(ms, large, largeName, small, smallName) {
  const smalls = Math.round(ms / small);
  const perLarge = large / small;
  const rest = smalls % perLarge;
  const whole = `${WHOLE.format(Math.floor(smalls / perLarge))} ${largeName}`;
  return rest === 0 ? whole : `${whole} ${String(rest).padStart(smallName === 'h' ? 1 : 2, '0')} ${smallName}`;
}

/** A running clock, of one width: 0:07, 12:40, 1:02:07. */
export function clock(ms) {
  if (!isNumber(ms)) return NONE;
  const seconds = Math.max(0, Math.floor(ms / SECOND));
  const two = (n) => String(n).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** Whole seconds that are left or over: 8 s, 1:19 min. */
export function whole(ms) {
  const seconds = Math.max(0, Math.ceil(ms / SECOND));
  return seconds < 100 ? `${seconds} s` : `${clock(seconds * SECOND)} ${seconds < 3600 ? 'min' : 'h'}`;
}

/** When something is expected, seen from now: in 12 s, in 2:05 min, now; what should have been is due. */
export function until(ms, now) {
  if (!isNumber(ms)) return NONE;
  const left = Math.round((ms - now) / SECOND) * SECOND;
  if (left > 0) return `in ${whole(left)}`;
  return left > -2 * SECOND ? 'now' : 'due';
}

export const seconds = (s) => (isNumber(s) ? span(s * SECOND) : NONE);

/** 83 % */
export const percent = (share) => (isNumber(share) ? `${share > 0 && share < 0.095 ? (share * 100).toFixed(1) : Math.round(share * 100)} %` : NONE);

/** 48 tok/s */
export const rate = (perSecond) => (isNumber(perSecond) ? `${perSecond < 9.95 ? perSecond.toFixed(1) : short(perSecond)} tok/s` : NONE);

/** With as many decimals as its size needs. */
export function money(amount, currency) {
  if (!isNumber(amount)) return NONE;
  const decimals = amount !== 0 && Math.abs(amount) < 0.1 ? 4 : 2;
  return `${amount.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })} ${currency ?? ''}`.trim();
}

const two = (n) => String(n).padStart(2, '0');

/** 14:03:12, where the reader is. */
export function time(ms, withSeconds = true) {
  if (!isNumber(ms)) return NONE;
  const date = new Date(ms);
  return `${two(date.getHours())}:${two(date.getMinutes())}${withSeconds ? `:${two(date.getSeconds())}` : ''}`;
}

/** 30 Nov 14:03:12; the day only when it is another one than today. */
export function moment(ms, now) {
  if (!isNumber(ms)) return NONE;
  const date = new Date(ms);
  const today = new Date(now).toDateString() === date.toDateString();
  return today ? time(ms) : `${date.getDate()} ${date.toLocaleString('en', { month: 'short' })} ${time(ms)}`;
}

/** "1 request", "3 requests". */
export const plural = (n, one, many = `${one}s`) => `${count(n)} ${n === 1 ? one : many}`;

/** The middle of a long id is what nobody reads. */
export const brief = (id, most = 14) => (!id || id.length <= most ? id ?? '' : `${id.slice(0, most - 5)}…${id.slice(-4)}`);
