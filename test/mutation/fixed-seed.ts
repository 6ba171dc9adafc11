import fc from 'fast-check';

// A mutant that one run kills and the next does not would come and go in the list of survivors.
fc.configureGlobal({ seed: 1 });
