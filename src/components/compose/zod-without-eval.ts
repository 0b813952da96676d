import * as z from 'zod';

// Otherwise, zod would create functions from text, which the page's policy forbids. Import this before any schema.
z.config({ jitless: true });
