#!/usr/bin/env node
// The command `rxchat-server`.
import { launch } from './launch.js'

launch('server')
