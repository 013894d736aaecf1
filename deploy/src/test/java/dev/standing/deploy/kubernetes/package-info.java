/** Holds the Kubernetes manifests to the schemas of Kubernetes, to one another and to the code. */
package dev.standing.deploy.kubernetes;
