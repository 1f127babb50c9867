import type { ContainerSettings } from '../job/resolved.ts';
import type { ContainerInfo, NetworkInfo } from '../mesos/messages.generated.ts';

/** The container of an executor kind, for the Mesos containerizer or for Docker's. */
export function containerInfo(settings: ContainerSettings): ContainerInfo {
  const { image, type, network, volumes, forcePull, parameters } = settings;
  const own = network === 'host' || (type === 'docker' && network === 'bridge');
  const networks: NetworkInfo[] = own ? [] : [{ name: network }];
  return {
    type: type === 'docker' ? 'DOCKER' : 'MESOS',
    ...(type === 'docker'
      ? {
          docker: {
            image,
            network: network === 'host' ? 'HOST' : network === 'bridge' ? 'BRIDGE' : 'USER',
            force_pull_image: forcePull,
            parameters: Object.entries(parameters).map(([key, value]) => ({ key, value })),
          },
        }
      : { mesos: { image: { type: 'DOCKER', docker: { name: image }, cached: !forcePull } } }),
    volumes: volumes.map(({ host, container, readOnly }) => ({
      host_path: host,
      container_path: container,
      mode: readOnly ? 'RO' : 'RW',
    })),
    ...(networks.length > 0 && { network_infos: networks }),
  };
}
