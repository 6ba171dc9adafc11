#!/usr/bin/env node
import { createProgram } from './program.ts';

await createProgram({ out: (text) => process.stdout.write(text) }).parseAsync();
