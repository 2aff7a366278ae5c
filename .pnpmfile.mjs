/** Some Node binary packages write `os` and `cpu` as strings, which pnpm ignores: it would install every platform's binary. */
function readPackage(pkg) {
  if (typeof pkg.os === 'string') pkg.os = [pkg.os];
  if (typeof pkg.cpu === 'string') pkg.cpu = [pkg.cpu];
  return pkg;
}

export const hooks = { readPackage };
