// A session of appium-uiautomator2-driver: node appium_uiautomator2.mjs SERIAL; tells on standard output what became of it.
// ANDROID_HOME holds platform-tools/adb; the packages are in PEERS_NODE_MODULES.
import { pathToFileURL } from 'node:url'

const folder = `${process.env.PEERS_NODE_MODULES}/appium-uiautomator2-driver/build/lib`
const { AndroidUiautomator2Driver } = await import(pathToFileURL(`${folder}/index.js`).href)

const [serial] = process.argv.slice(2)
const capabilities = {
  platformName: 'Android',
  'appium:automationName': 'UiAutomator2',
  'appium:udid': serial,
  'appium:appPackage': 'io.appium.android.apis',
  'appium:appActivity': '.ApiDemos',
  'appium:uiautomator2ServerLaunchTimeout': 4000,
}
try {
  await new AndroidUiautomator2Driver().createSession(null, null, { alwaysMatch: capabilities, firstMatch: [{}] })
  console.log('session: made')
} catch (error) {
  console.log(`session: ${error.message}`)
}
process.exit(0) // the driver's server keeps node from ending
