/** For whoever has no cluster to test on. */
export const waysToGetOne = `The tests need two clusters: an API server on which no controllers run, and one with controllers, scheduler and kwok.
Each comes from the first of these that is there:

  TEST_KUBECONFIG=FILE              a cluster that may be thrown away, of either kind: which one it is, is tried out. kwok is started beside
                                    it if need be. Context and cluster must be called test, kind, sandbox, local …; to allow another
                                    one, TEST_KUBECONFIG_ALLOW=CONTEXT
  TEST_KUBECONFIG_CONTROLLERS=FILE  the one with controllers, when TEST_KUBECONFIG is the other
  KUBEBUILDER_ASSETS=FOLDER         etcd and kube-apiserver, as \`setup-envtest use -p path\` prints it; what is not in it comes from below
  CONTROL_PLANE_BIN=FOLDER          etcd, kube-apiserver, kube-controller-manager, kube-scheduler and kwok, compiled before; the default is
                                    eks-node-lifecycle/control-plane/ in $XDG_CACHE_HOME or ~/.cache
  Go 1.26 or newer on the PATH      compiles all of them from published modules, once, in about six minutes on two cores
                                    (https://go.dev/dl/); with GOTOOLCHAIN=auto, Go 1.21 fetches the newer one by itself
`;
