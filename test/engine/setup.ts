import { endProjects } from "./project.js";

afterAll(endProjects);
