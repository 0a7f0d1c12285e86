// JSON merge patches (RFC 7396) that leave what they do not touch as it is, so that what is the same is the same object.

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** The document after a patch; neither of them is changed. */
export function merge(target, patch) {
  if (!isObject(patch)) return patch;
  const base = isObject(target) ? target : {};
  let result = base === target ? null : base;
  for (const key of Object.keys(patch)) {
    const before = base[key];
    const change = patch[key];
    if (change === null) {
      if (key in base) delete (result ??= { ...base })[key];
      continue;
    }
    const after = merge(before, change);
    if (after !== before) (result ??= { ...base })[key] = after;
  }
  return result ?? base;
}
