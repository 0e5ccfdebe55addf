import { html } from '../escape.ts';
import type { Words } from '../words.ts';

export const chinese: Words = {
  motto: '两半相合，方为凭信',

  signIn: '登录',
  signInTo: (client) => html`以继续使用 ${client}`,
  userName: '用户名',
  password: '密码',
  wrong: '用户名与密码不匹配。',
  slowDown: (wait) => `尝试次数过多，请等待${wait ?? '片刻'}后再试。`,
  locked: (wait) =>
    `尝试次数过多，此用户名已暂停登录。${wait === undefined ? '请联系管理员。' : `请在${wait}后再试，或联系管理员。`}`,
  formExpired: '页面停留时间过长，请重新登录。',
  notDone: '未完成',

  consent: '是否允许访问？',
  consentAsked: (client) => html`${client} 请求访问权限`,
  signedInAs: (user) => html`当前登录用户：${user}`,
  willBeAble: '允许后，该应用将能够：',
  willKnowYou: '允许后，该应用将知道您是谁，除此之外不请求其他权限。',
  scopes: {
    openid: '确认您的身份',
    profile: '查看您的姓名和个人资料',
    email: '查看您的电子邮箱地址',
    offline_access: '在您离开后继续保有此权限',
  },
  atResource: (resource) => html`访问位置：${resource}`,
  lastsFor: (time) => `授权最长保留${time}，期间可以收回。`,
  onlyIfTrusted: '请仅在了解并信任此应用时允许。',
  returnsTo: (place) => html`无论如何选择，您都将返回 ${place}。`,
  allow: '允许',
  deny: '拒绝',

  problems: {
    unknown_client: {
      title: '此应用未在这里登记',
      text: '将您带到此处的应用未在本服务登记。没有传出您的任何信息。',
      advice: '请返回重试。如果仍然不行，请告知该应用的运营者。',
    },
    redirect_uri_not_registered: {
      title: '我们没有继续跳转',
      text: '该应用要求将您带往一个未登记的地址。没有传出您的任何信息。',
      advice: '如果这出乎您的意料，请关闭此页；否则请告知该应用的运营者。',
    },
    request_not_readable: {
      title: '无法读取此请求',
      text: '将您带到此处的应用遗漏了内容，或重复提供了内容。没有传出您的任何信息。',
      advice: '请返回重试。如果仍然不行，请告知该应用的运营者。',
    },
    form_expired: {
      title: '此页面已过期',
      text: '为了您的安全，登录须在限定时间内完成，且只能提交一次。',
      advice: '请返回应用，从那里重新开始。',
    },
    unavailable: {
      title: '暂时无法登录',
      text: '服务目前无法响应。您的账号没有问题。',
      advice: '请稍后再试。',
    },
  },
  requestId: '请求编号',

  signedOut: '您已退出登录',
  signedOutText: '如果与他人共用这台计算机，请同时关闭浏览器。',
  signInAgain: '重新登录',

  account: '您已登录',
  signOut: '退出登录',
  signOutText: '退出将结束此浏览器中的会话。',
};
