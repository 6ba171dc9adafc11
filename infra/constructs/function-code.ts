import { fileURLToPath } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { AssetHashType, DockerImage } from 'aws-cdk-lib/core';
import { bundle } from '../bundle.ts';

/** A function's folder, bundled on this machine as `npm run build` bundles it. */
export function functionCode(folder: string): Code {
  return Code.fromAsset(fileURLToPath(new URL(`../../functions/${folder}`, import.meta.url)), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      local: {
        tryBundle: (outputFolder) => {
          bundle(`functions/${folder}/handler.ts`, outputFolder);
          return true;
        },
      },
      // CDK asks for an image in case that the local bundling declines, which this one never does.
      image: DockerImage.fromRegistry('public.ecr.aws/lambda/nodejs:24'),
    },
  });
}
