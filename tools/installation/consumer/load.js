"use strict";
const zerotrust = require("pulumi-cloudflare-zero-trust");
const { startEmulator } = require("pulumi-cloudflare-zero-trust/emulator");
const provider = require("pulumi-cloudflare-zero-trust/provider");
const { use } = require("./use.js");

use({ zerotrust, startEmulator, provider });
