// One check of appium-adb: node appium_adb.mjs CHECK SERIAL APK; exit code 1 and the reason where it fails.
// ANDROID_HOME holds platform-tools/adb; the packages are in PEERS_NODE_MODULES.
import assert from 'node:assert'
import { pathToFileURL } from 'node:url'

const { ADB } = await import(pathToFileURL(`${process.env.PEERS_NODE_MODULES}/appium-adb/build/lib/index.js`))

const [check, serial, apk] = process.argv.slice(2)
const APIS = 'io.appium.android.apis'
const KEYBOARD = 'com.github.uiautomator'
const CONTACTS = 'android.permission.READ_CONTACTS'
const adb = await ADB.createADB({ udid: serial, remoteAppsCacheLimit: 0 })
adb.setDeviceId(serial)

const start = () => adb.startApp({ pkg: APIS, activity: '.ApiDemos', waitForLaunch: true })

const checks = {
  async device() {
    assert.deepStrictEqual(await adb.getConnectedDevices(), [{ udid: serial, state: 'device' }])
    assert.strictEqual(await adb.getPlatformVersion(), (await adb.shell(['getprop', 'ro.build.version.release'])).trim())
    assert.strictEqual(await adb.getScreenSize(), '1080x2400')
    assert.strictEqual(await adb.getScreenDensity(), 420)
    assert.strictEqual(await adb.ping(), true)
    assert.strictEqual(await adb.isRoot(), false)
  },
  async locale() {
    assert.strictEqual(await adb.getDeviceLocale(), 'zh-CN')
    assert.strictEqual(await adb.getTimeZone(), 'Asia/Shanghai')
  },
  async install() {
    await adb.install(apk, { grantPermissions: true })
    assert.strictEqual(await adb.isAppInstalled(KEYBOARD), true)
    const info = await adb.getPackageInfo(KEYBOARD)
    assert.match(info.versionName, /^\d+\.\d+/)
    assert.strictEqual(await adb.uninstallApk(KEYBOARD), true)
    assert.strictEqual(await adb.isAppInstalled(KEYBOARD), false)
  },
  async start() {
    await start()
    assert.deepStrictEqual(await adb.getFocusedPackageAndActivity(), { appPackage: APIS, appActivity: '.ApiDemos' })
    await adb.waitForActivity(APIS, '.ApiDemos', 5000)
    assert.strictEqual(await adb.isAppRunning(APIS), true)
    await adb.goToHome()
    await adb.activateApp(APIS)
    await adb.waitForActivity(APIS, '.ApiDemos', 5000)
    await adb.forceStop(APIS)
    assert.strictEqual(await adb.isAppRunning(APIS), false)
    assert.strictEqual(await adb.resolveLaunchableActivity(APIS), `${APIS}/.ApiDemos`)
  },
  async permissions() {
    await adb.grantPermission(APIS, CONTACTS)
    assert.ok((await adb.getGrantedPermissions(APIS)).includes(CONTACTS))
    await adb.revokePermission(APIS, CONTACTS)
    assert.ok((await adb.getDeniedPermissions(APIS)).includes(CONTACTS))
    assert.ok((await adb.getReqPermissions(APIS)).includes(CONTACTS))
    assert.match(await adb.clear(APIS), /^Success/)
  },
  async keys() {
    await start()
    await adb.keyevent(3)
    await adb.back()
    await adb.inputText('abc')
    assert.strictEqual(await adb.isScreenLocked(), false)
    assert.strictEqual(await adb.isLockEnabled(), false)
    assert.deepStrictEqual(await adb.isSoftKeyboardPresent(), { isKeyboardShown: false, canCloseKeyboard: false })
  },
  async radios() {
    for (const on of [false, true]) {
      await adb.setWifiState(on)
      assert.strictEqual(await adb.isWifiOn(), on)
      await adb.setDataState(on)
      assert.strictEqual(await adb.isDataOn(), on)
      await adb.setAirplaneMode(!on)
      assert.strictEqual(await adb.isAirplaneModeOn(), !on)
    }
  },
  async location() {
    await adb.toggleGPSLocationProvider(false)
    assert.deepStrictEqual(await adb.getLocationProviders(), [])
    await adb.toggleGPSLocationProvider(true)
    assert.deepStrictEqual(await adb.getLocationProviders(), ['gps'])
  },
  async files() {
    await adb.mkdir('/data/local/tmp/appium')
    assert.strictEqual(await adb.fileExists('/data/local/tmp/appium'), true)
    await adb.push(apk, '/data/local/tmp/appium/a.apk')
    assert.deepStrictEqual(await adb.ls('/data/local/tmp/appium'), ['a.apk'])
    assert.ok((await adb.fileSize('/data/local/tmp/appium/a.apk')) > 1000)
    await adb.rimraf('/data/local/tmp/appium')
    assert.strictEqual(await adb.fileExists('/data/local/tmp/appium'), false)
  },
  async ports() {
    await adb.forwardPort(16643, 16644)
    assert.ok((await adb.getForwardList()).some((line) => line.endsWith('tcp:16643 tcp:16644')))
    await adb.removePortForward(16643)
    await adb.reversePort(16645, 16646)
    assert.ok((await adb.getReverseList()).some((line) => line.endsWith('tcp:16645 tcp:16646')))
    await adb.removePortReverse(16645)
  },
  async logcat() {
    await adb.startLogcat()
    const seen = new Promise((resolve) => adb.setLogcatListener((entry) => entry.message.includes('APPIUM') && resolve()))
    await adb.shell(['log', '-t', 'APPIUM', 'a line'])
    await seen
    await adb.stopLogcat()
  },
  async reports() {
    assert.strictEqual((await adb.takeScreenshot()).subarray(1, 4).toString(), 'PNG')
    assert.match(await adb.bugreport(), /Bug report copied to .*\.zip$/)
    assert.strictEqual(await adb.isStreamedInstallSupported(), true)
  },
}

process.exitCode = 1 // a check that waits for what never comes ends the process without an error
try {
  await checks[check]()
  process.exit(0)
} catch (error) {
  console.error(error)
  process.exit(1)
}
