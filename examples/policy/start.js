#!/usr/bin/env node
// Starts the policy pack for an engine whose language host can't: it hands over its address alone.
process.chdir(__dirname); // @pulumi/policy reads the package.json of the working directory
process.argv.push(__dirname);
require("@pulumi/pulumi/cmd/run-policy-pack");
