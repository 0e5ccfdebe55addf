/**
 * The answer of `/ac/openapi/v2/center`: the region of the token that asks, and where its services are.
 * copy of get-center-info's sample (read 2026-11-22), whose table calls the lists texts and the id too.
 */

/** Switches are texts, so that `"false"` is true to whoever tests it as it stands. */
export type TextBoolean = 'true' | 'false';
export const textBoolean = (value: boolean): TextBoolean => (value ? 'true' : 'false');

export interface ServiceUrl {
  readonly enable: TextBoolean;
  readonly version: string;
  /** With the service's segment, `https://host:port/hpc`, or without. */
  readonly url: string;
}

export interface ManagedUrl extends ServiceUrl {
  readonly isManagerNode: TextBoolean;
}

export interface FileUrl extends ServiceUrl {
  readonly nodeName: string;
  readonly fastTransEnable: TextBoolean;
  readonly udpPort: string;
}

export interface Center {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  /** Account on the region's cluster; not the login name. */
  readonly clusterUserInfo: { readonly userName: string; readonly homePath: string };
  readonly ingressUrls: readonly ManagedUrl[];
  readonly efileUrls: readonly FileUrl[];
  readonly eshellUrls: readonly ServiceUrl[];
  readonly hpcUrls: readonly ManagedUrl[];
  readonly aiUrls: readonly ServiceUrl[];
}

/** `data` of a center answer: every member in the order of the sample. */
export function centerData(center: Center): Center {
  const { id, name, description, clusterUserInfo } = center;
  const { userName, homePath } = clusterUserInfo;
  const plain = ({ enable, version, url }: ServiceUrl): ServiceUrl => ({ enable, version, url });
  const managed = ({ enable, isManagerNode, version, url }: ManagedUrl): ManagedUrl => ({
    enable,
    isManagerNode,
    version,
    url,
  });
  const file = ({ nodeName, enable, fastTransEnable, udpPort, version, url }: FileUrl): FileUrl => ({
    nodeName,
    enable,
    fastTransEnable,
    udpPort,
    version,
    url,
  });
  return {
    id,
    name,
    description,
    clusterUserInfo: { userName, homePath },
    ingressUrls: center.ingressUrls.map(managed),
    efileUrls: center.efileUrls.map(file),
    eshellUrls: center.eshellUrls.map(plain),
    hpcUrls: center.hpcUrls.map(managed),
    aiUrls: center.aiUrls.map(plain),
  };
}

/** doc: jobs, files, containers; eshell has no documented calls. */
export const services = ['hpc', 'efile', 'ai', 'eshell'] as const;
export type Service = (typeof services)[number];

/** What a caller needs of a center. */
export interface RegionServices {
  readonly id: string;
  readonly name: string;
  readonly userName: string;
  readonly homePath: string;
  /** Those that are switched on, each with its service's segment and without a slash at the end. */
  readonly urls: Readonly<Record<Service, readonly string[]>>;
}

/** Reads `data` of a center answer; `undefined` where it is none. A list that is missing is empty; the rest is passed over. */
export function readCenterData(data: unknown): RegionServices | undefined {
  if (!isRecord(data) || !isRecord(data.clusterUserInfo)) return undefined;
  const { id, name } = data;
  const { userName, homePath } = data.clusterUserInfo;
  if (typeof id !== 'string' && !Number.isSafeInteger(id)) return undefined;
  if (typeof name !== 'string' || typeof userName !== 'string' || typeof homePath !== 'string') return undefined;
  const urls = {
    hpc: usableUrls(data.hpcUrls, 'hpc'),
    efile: usableUrls(data.efileUrls, 'efile'),
    ai: usableUrls(data.aiUrls, 'ai'),
    eshell: usableUrls(data.eshellUrls, 'eshell'),
  };
  return { id: String(id), name, userName, homePath, urls };
}

function usableUrls(list: unknown, service: Service): string[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isRecord).flatMap(({ enable, url }) => {
    const isOn = enable === 'true' || enable === true;
    return isOn && typeof url === 'string' && url !== '' ? [serviceUrl(url, service)] : [];
  });
}

/** observed: both forms come, with the segment and without. */
export function serviceUrl(url: string, service: Service): string {
  const bare = url.replace(/\/+$/, '');
  return bare.endsWith(`/${service}`) ? bare : `${bare}/${service}`;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
