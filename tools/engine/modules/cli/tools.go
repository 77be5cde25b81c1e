//go:build tools

// Package cli keeps the Pulumi CLI in this module's requirements, so that go.sum
// covers all that it is built from. Nothing compiles this file.
package cli

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
