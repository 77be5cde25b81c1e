//go:build tools

// Package languagehost keeps the Node language host in this module's requirements,
// so that go.sum covers all that it is built from. Nothing compiles this file.
package languagehost

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
