import * as z from 'zod';

// zod would make functions of text, which the page's policy forbids. Imported before any schema is made.
z.config({ jitless: true });
