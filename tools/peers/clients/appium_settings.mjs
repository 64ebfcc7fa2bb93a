// One check of io.appium.settings' own client: node appium_settings.mjs CHECK SERIAL; exit code 1 and the reason where it fails.
// ANDROID_HOME holds platform-tools/adb; the packages are in PEERS_NODE_MODULES. The APK is the package's own.
import assert from 'node:assert'
import { pathToFileURL } from 'node:url'

const load = (name) => import(pathToFileURL(`${process.env.PEERS_NODE_MODULES}/${name}/build/lib/index.js`))
const { ADB } = await load('appium-adb')
const { SettingsApp, path: apk, SETTINGS_HELPER_ID, SETTINGS_HELPER_MAIN_ACTIVITY } = await load('io.appium.settings')

const [check, serial] = process.argv.slice(2)
const adb = await ADB.createADB({ udid: serial, remoteAppsCacheLimit: 0, adbPort: Number(process.env.ANDROID_ADB_SERVER_PORT ?? 5037) })
adb.setDeviceId(serial)
const level = await adb.getApiLevel()
const settings = new SettingsApp({ adb })

const checks = {
  async starts() {
    assert.strictEqual(await adb.isAppInstalled(SETTINGS_HELPER_ID), true)
    await settings.requireRunning({ forceRestart: true, shouldRestoreCurrentApp: true })
    assert.strictEqual(await settings.isRunningInForeground(), true)
    assert.strictEqual(await adb.resolveLaunchableActivity(SETTINGS_HELPER_ID), SETTINGS_HELPER_ID + '/' + SETTINGS_HELPER_MAIN_ACTIVITY)
  },
  async switches() {
    for (const on of [false, true]) {
      await settings.setWifiState(on)
      assert.strictEqual(await adb.isWifiOn(), on)
      await settings.setBluetoothState(on)
      assert.strictEqual(await adb.getSetting('global', 'bluetooth_on'), on ? '1' : '0')
      await settings.setAnimationState(on)
      assert.strictEqual(Number(await adb.getSetting('global', 'window_animation_scale')), Number(on))
    }
    await settings.unpairAllBluetoothDevices()
  },
  async location() {
    await adb.shell(['appops', 'set', SETTINGS_HELPER_ID, 'android:mock_location', 'deny'])
    await assert.rejects(settings.getGeoLocation())
    await adb.shell(['appops', 'set', SETTINGS_HELPER_ID, 'android:mock_location', 'allow'])
    await settings.setGeoLocation({ longitude: 121.4737, latitude: 31.2304, altitude: 4 })
    assert.deepStrictEqual(await settings.getGeoLocation(), { latitude: '31.2304000', longitude: '121.4737000', altitude: '4.0000000' })
  },
  async locale() {
    assert.ok((await settings.listSupportedLocales()).some(({ language, country }) => language === 'zh' && country === 'CN'))
    await adb.grantPermission(SETTINGS_HELPER_ID, 'android.permission.CHANGE_CONFIGURATION')
    await adb.setHiddenApiPolicy('1')
    for (const [language, country] of [['en', 'US'], ['zh', 'CN']]) {
      await settings.setDeviceLocale(language, country)
      assert.strictEqual(await adb.getDeviceLocale(), `${language}-${country}`)
    }
    await assert.rejects(settings.setDeviceLocale('xx', 'YY'))
  },
  async lists() {
    assert.deepStrictEqual(await settings.getSmsList({ max: 3 }), { items: [], total: 0 })
    await assert.rejects(settings.getNotifications(), /Cannot parse/)
    await adb.shell(['cmd', 'notification', 'allow_listener', `${SETTINGS_HELPER_ID}/.NLService`])
    assert.ok(Array.isArray((await settings.getNotifications()).statusBarNotifications))
    await adb.shell(['touch', '/sdcard/Download/a.jpg'])
    await settings.scanMedia('/sdcard/Download')
    await assert.rejects(settings.scanMedia('/sdcard/nothing'))
    assert.strictEqual(await settings.getClipboard(), '')
  },
  async typing() {
    await adb.startApp({ pkg: 'io.appium.android.apis', activity: '.app.SearchInvoke' })
    const look = async () => adb.shell(['uiautomator', 'dump', '/dev/tty'])
    const [left, top, right, bottom] = /txt_query_prefill.*?bounds="\[(\d+),(\d+)\]\[(\d+),(\d+)\]"/s.exec(await look()).slice(1)
    await adb.shell(['input', 'tap', String((+left + +right) / 2), String((+top + +bottom) / 2)])
    const keyboard = await adb.defaultIME()
    await settings.typeUnicode('示例 and test')
    await settings.performEditorAction('search')
    assert.match(await look(), /text="示例 and test" resource-id="[^"]*txt_query_prefill"/)
    assert.strictEqual(await adb.defaultIME(), keyboard)
  },
}

process.exitCode = 1 // a check that waits for what never comes ends the process without an error
try {
  if (!(await adb.isAppInstalled(SETTINGS_HELPER_ID))) await adb.install(apk, { grantPermissions: true })
  await checks[check]()
  process.exit(0)
} catch (error) {
  console.error(`Android ${level}:`, error)
  process.exit(1)
}
