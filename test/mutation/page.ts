import { isSurvivor, keyOf, type Mutant, type Reasons, type Survivor } from './survivors.ts';

/** docs/mutation.md: the score of each file, and each survivor with its reason. Equal results make equal pages. */
export function mutationPage(mutants: readonly Mutant[], survivors: readonly Survivor[], reasons: Reasons): string {
  const files = [...new Set(mutants.map(({ fileName }) => fileName))].sort();
  const row = (name: string, all: readonly Mutant[]) => {
    const survived = all.filter(isSurvivor).length;
    const score = ((100 * (all.length - survived)) / all.length).toFixed(1);
    return `| ${name} | ${all.length} | ${survived} | ${score} % |`;
  };
  return `# Mutation testing

[Stryker](https://stryker-mutator.io/) changes the code of [shared/lifecycle](../shared/lifecycle) in one place at a time: a mutant. It runs the
tests that stand beside it under test/, and a mutant that fails none of them has survived: a test is missing, or the code is superfluous, or the
change makes no difference. Numbers are left as they are. \`npm run test:mutation\` writes this page, and fails on a score under 90 %, on a
survivor without a reason and on a reason without its survivor; the reasons are in [test/mutation/reasons.json](../test/mutation/reasons.json).

| file | mutants | survived | score |
|---|---:|---:|---:|
${files.map((file) => row(linkTo(file), mutantsOf(file))).join('\n')}
${row('**all**', mutants)}

## Survivors

${survivors.map(told).join('\n\n')}
`;

  function mutantsOf(file: string): Mutant[] {
    return mutants.filter(({ fileName }) => fileName === file);
  }
  function told(survivor: Survivor): string {
    const { file, where, was, is } = survivor;
    const reason = reasons[file]?.find((each) => keyOf({ file, ...each }) === keyOf(survivor));
    return `${linkTo(file)}, \`${where}\`: ${reason?.why ?? 'no reason is known'}.\n\n\`\`\`diff\n- ${was}\n+ ${is}\n\`\`\``;
  }
}

function linkTo(file: string): string {
  return `[${file.split('/').at(-1)}](../${file})`;
}
