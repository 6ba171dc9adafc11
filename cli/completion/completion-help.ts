export const completionExamples = `
It also makes enl itself a command of the shell, where there is none yet.

Examples:
  eval "$(npm run --silent enl -- completion bash)"     # in ~/.bashrc
  source <(npm run --silent enl -- completion zsh)      # in ~/.zshrc
  npm run --silent enl -- completion fish | source      # in config.fish`;
