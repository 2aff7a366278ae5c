/** As on the page: zod would try `new Function`, which the policy refuses and reports. Imported before anything that has a schema. */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
