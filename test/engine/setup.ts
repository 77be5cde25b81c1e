import { endProgramHosts } from "./program-host.js";

afterAll(endProgramHosts);
