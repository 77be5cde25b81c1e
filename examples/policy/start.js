#!/usr/bin/env node
// Starts the policy pack if the engine's language host cannot: the engine passes only its own address.
process.chdir(__dirname); // @pulumi/policy reads the package.json of the working directory
process.argv.push(__dirname);
require("@pulumi/pulumi/cmd/run-policy-pack");
