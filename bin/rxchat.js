#!/usr/bin/env node
// The command `rxchat`.
import { launch } from './launch.js'

launch('client')
