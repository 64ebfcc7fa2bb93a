// One check of @devicefarmer/adbkit: node adbkit.js CHECK SERIAL [APK]; exit code 1 and the reason where it fails.
'use strict'

const assert = require('assert')
const { once } = require('events')
const { Readable } = require('stream')
const Adb = require(`${process.env.PEERS_NODE_MODULES}/@devicefarmer/adbkit`).default
const readAll = Adb.util.readAll

const [check, serial, apk] = process.argv.slice(2)
const KEYBOARD = 'com.github.uiautomator'
const FILE = '/data/local/tmp/adbkit.bin'
const client = Adb.createClient()
const device = client.getDevice(serial)

const read = async (command) => (await readAll(await device.shell(command))).toString()

const checks = {
  async devices() {
    const found = await client.listDevices()
    assert.deepStrictEqual(found.map((each) => [each.id, each.type]), [[serial, 'device']])
  },
  async properties() {
    const found = await device.getProperties()
    assert.strictEqual(found['ro.build.version.release'], (await read('getprop ro.build.version.release')).trim())
  },
  async features() {
    const found = await device.getFeatures()
    assert.strictEqual(found['android.hardware.touchscreen'], true)
    assert.strictEqual(found['android.hardware.telephony.none'], undefined)
  },
  async packages() {
    assert.ok((await device.getPackages()).includes('com.android.settings'))
  },
  async shell() {
    assert.strictEqual(await read('echo 你好'), '你好\n')
    assert.strictEqual(await read(['echo', 'a b', '$HOME']), 'a b $HOME\n')
  },
  async bootComplete() {
    assert.strictEqual(await device.waitBootComplete(), true)
  },
  async pushStatPull() {
    const content = Buffer.alloc(1024000, 'adbkit')
    const push = await device.push(Readable.from([content]), FILE)
    await once(push, 'end')
    assert.strictEqual((await device.stat(FILE)).size, content.length)
    const names = (await device.readdir('/data/local/tmp')).map((each) => each.name)
    assert.ok(names.includes('adbkit.bin'))
    assert.ok((await readAll(await device.pull(FILE))).equals(content))
    await read(`rm ${FILE}`)
  },
  async install() {
    assert.strictEqual(await device.install(apk), true)
    assert.strictEqual(await device.isInstalled(KEYBOARD), true)
    assert.strictEqual(await device.uninstall(KEYBOARD), true)
    assert.strictEqual(await device.isInstalled(KEYBOARD), false)
  },
  async startActivity() {
    assert.strictEqual(await device.startActivity({ component: 'com.android.settings/.Settings', action: 'android.intent.action.MAIN' }), true)
    await assert.rejects(device.startActivity({ component: 'com.example.none/.Main' }))
  },
  async forward() {
    await device.forward('tcp:16543', 'localabstract:nobody')
    const found = await device.listForwards()
    assert.deepStrictEqual(found.map((each) => [each.local, each.remote]), [['tcp:16543', 'localabstract:nobody']])
  },
  async reverse() {
    await device.reverse('tcp:16544', 'tcp:16545')
    assert.deepStrictEqual((await device.listReverses()).map((each) => [each.remote, each.local]), [['tcp:16544', 'tcp:16545']])
  },
  async screencap() {
    const picture = await readAll(await device.screencap())
    assert.strictEqual(picture.subarray(1, 4).toString(), 'PNG')
  },
  async logcat() {
    const logcat = await device.openLogcat()
    const seen = new Promise((resolve) => logcat.on('entry', (entry) => entry.tag === 'ADBKIT' && resolve(entry)))
    await read('log -p w -t ADBKIT "a line"')
    const entry = await seen
    assert.strictEqual(entry.message, 'a line')
    assert.strictEqual(entry.priority, 5)
    logcat.end()
  },
}

process.exitCode = 1 // a check that waits for what never comes ends the process without an error
checks[check]().then(
  () => process.exit(0),
  (error) => {
    console.error(error)
    process.exit(1)
  },
)
