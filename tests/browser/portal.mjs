import { runAll } from './harness.mjs';
import './pages.mjs';
import './finder.mjs';
import './map.mjs';
import './weight.mjs';

// node browser/portal.mjs http://localhost:7071 [part of a scenario name]
await runAll(process.argv[2], process.argv[3]);
