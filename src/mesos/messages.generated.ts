// Generated from mesos.proto, scheduler.proto, executor.proto by npm run generate. Edit the .proto files instead.
export type TaskState = 'TASK_STAGING' | 'TASK_STARTING' | 'TASK_RUNNING' | 'TASK_KILLING' | 'TASK_FINISHED' | 'TASK_FAILED' | 'TASK_KILLED' | 'TASK_ERROR' | 'TASK_LOST' | 'TASK_DROPPED' | 'TASK_UNREACHABLE' | 'TASK_GONE' | 'TASK_GONE_BY_OPERATOR' | 'TASK_UNKNOWN';
export type OperationState = 'OPERATION_UNSUPPORTED' | 'OPERATION_PENDING' | 'OPERATION_FINISHED' | 'OPERATION_FAILED' | 'OPERATION_ERROR' | 'OPERATION_DROPPED' | 'OPERATION_UNREACHABLE' | 'OPERATION_GONE_BY_OPERATOR' | 'OPERATION_RECOVERING' | 'OPERATION_UNKNOWN';
export interface FrameworkID {
  readonly value: string;
}
export interface OfferID {
  readonly value: string;
}
export interface AgentID {
  readonly value: string;
}
export interface TaskID {
  readonly value: string;
}
export interface ExecutorID {
  readonly value: string;
}
export interface ContainerID {
  readonly value: string;
  readonly parent?: ContainerID;
}
export interface ResourceProviderID {
  readonly value: string;
}
export interface OperationID {
  readonly value: string;
}
export interface TimeInfo {
  readonly nanoseconds: number;
}
export interface DurationInfo {
  readonly nanoseconds: number;
}
export interface Address {
  readonly hostname?: string;
  readonly ip?: string;
  readonly port: number;
}
export interface URL {
  readonly scheme: string;
  readonly address: Address;
  readonly path?: string;
  readonly query?: readonly Parameter[];
  readonly fragment?: string;
}
export interface Unavailability {
  readonly start: TimeInfo;
  readonly duration?: DurationInfo;
}
export interface FrameworkInfo {
  readonly user: string;
  readonly name: string;
  readonly id?: FrameworkID;
  readonly failover_timeout?: number;
  readonly checkpoint?: boolean;
  readonly role?: string;
  readonly roles?: readonly string[];
  readonly hostname?: string;
  readonly principal?: string;
  readonly webui_url?: string;
  readonly capabilities?: readonly FrameworkInfoCapability[];
  readonly labels?: Labels;
  readonly offer_filters?: Readonly<Record<string, OfferFilters>>;
}
export interface FrameworkInfoCapability {
  readonly type?: FrameworkInfoCapabilityType;
}
export type FrameworkInfoCapabilityType = 'UNKNOWN' | 'REVOCABLE_RESOURCES' | 'TASK_KILLING_STATE' | 'GPU_RESOURCES' | 'SHARED_RESOURCES' | 'PARTITION_AWARE' | 'MULTI_ROLE' | 'RESERVATION_REFINEMENT' | 'REGION_AWARE';
export interface CheckInfo {
  readonly type?: CheckInfoType;
  readonly command?: CheckInfoCommand;
  readonly http?: CheckInfoHttp;
  readonly tcp?: CheckInfoTcp;
  readonly delay_seconds?: number;
  readonly interval_seconds?: number;
  readonly timeout_seconds?: number;
}
export type CheckInfoType = 'UNKNOWN' | 'COMMAND' | 'HTTP' | 'TCP';
export interface CheckInfoCommand {
  readonly command: CommandInfo;
}
export interface CheckInfoHttp {
  readonly port: number;
  readonly path?: string;
}
export interface CheckInfoTcp {
  readonly port: number;
}
export interface HealthCheck {
  readonly delay_seconds?: number;
  readonly interval_seconds?: number;
  readonly timeout_seconds?: number;
  readonly consecutive_failures?: number;
  readonly grace_period_seconds?: number;
  readonly type?: HealthCheckType;
  readonly command?: CommandInfo;
  readonly http?: HealthCheckHTTPCheckInfo;
  readonly tcp?: HealthCheckTCPCheckInfo;
}
export type HealthCheckType = 'UNKNOWN' | 'COMMAND' | 'HTTP' | 'TCP';
export interface HealthCheckHTTPCheckInfo {
  readonly protocol?: NetworkInfoProtocol;
  readonly scheme?: string;
  readonly port: number;
  readonly path?: string;
  readonly statuses?: readonly number[];
}
export interface HealthCheckTCPCheckInfo {
  readonly protocol?: NetworkInfoProtocol;
  readonly port: number;
}
export interface KillPolicy {
  readonly grace_period?: DurationInfo;
}
export interface CommandInfo {
  readonly uris?: readonly CommandInfoURI[];
  readonly environment?: Environment;
  readonly shell?: boolean;
  readonly value?: string;
  readonly arguments?: readonly string[];
  readonly user?: string;
}
export interface CommandInfoURI {
  readonly value: string;
  readonly executable?: boolean;
  readonly extract?: boolean;
  readonly cache?: boolean;
  readonly output_file?: string;
}
export interface ExecutorInfo {
  readonly type?: ExecutorInfoType;
  readonly executor_id: ExecutorID;
  readonly framework_id?: FrameworkID;
  readonly command?: CommandInfo;
  readonly container?: ContainerInfo;
  readonly resources?: readonly Resource[];
  readonly name?: string;
  readonly source?: string;
  readonly data?: Uint8Array;
  readonly discovery?: DiscoveryInfo;
  readonly shutdown_grace_period?: DurationInfo;
  readonly labels?: Labels;
}
export type ExecutorInfoType = 'UNKNOWN' | 'DEFAULT' | 'CUSTOM';
export interface DomainInfo {
  readonly fault_domain?: DomainInfoFaultDomain;
}
export interface DomainInfoFaultDomain {
  readonly region: DomainInfoFaultDomainRegionInfo;
  readonly zone: DomainInfoFaultDomainZoneInfo;
}
export interface DomainInfoFaultDomainRegionInfo {
  readonly name: string;
}
export interface DomainInfoFaultDomainZoneInfo {
  readonly name: string;
}
export interface MasterInfo {
  readonly id: string;
  readonly ip: number;
  readonly port: number;
  readonly pid?: string;
  readonly hostname?: string;
  readonly version?: string;
  readonly address?: Address;
  readonly domain?: DomainInfo;
  readonly capabilities?: readonly MasterInfoCapability[];
}
export interface MasterInfoCapability {
  readonly type?: MasterInfoCapabilityType;
}
export type MasterInfoCapabilityType = 'UNKNOWN' | 'AGENT_UPDATE' | 'AGENT_DRAINING' | 'QUOTA_V2';
export interface AgentInfo {
  readonly hostname: string;
  readonly port?: number;
  readonly resources?: readonly Resource[];
  readonly attributes?: readonly Attribute[];
  readonly id?: AgentID;
  readonly domain?: DomainInfo;
}
export interface Value {
  readonly type: ValueType;
  readonly scalar?: ValueScalar;
  readonly ranges?: ValueRanges;
  readonly set?: ValueSet;
  readonly text?: ValueText;
}
export type ValueType = 'SCALAR' | 'RANGES' | 'SET' | 'TEXT';
export interface ValueScalar {
  readonly value: number;
}
export interface ValueRange {
  readonly begin: number;
  readonly end: number;
}
export interface ValueRanges {
  readonly range?: readonly ValueRange[];
}
export interface ValueSet {
  readonly item?: readonly string[];
}
export interface ValueText {
  readonly value: string;
}
export interface Attribute {
  readonly name: string;
  readonly type: ValueType;
  readonly scalar?: ValueScalar;
  readonly ranges?: ValueRanges;
  readonly set?: ValueSet;
  readonly text?: ValueText;
}
export interface Resource {
  readonly provider_id?: ResourceProviderID;
  readonly name: string;
  readonly type: ValueType;
  readonly scalar?: ValueScalar;
  readonly ranges?: ValueRanges;
  readonly set?: ValueSet;
  readonly role?: string;
  readonly allocation_info?: ResourceAllocationInfo;
  readonly reservation?: ResourceReservationInfo;
  readonly reservations?: readonly ResourceReservationInfo[];
  readonly disk?: ResourceDiskInfo;
  readonly revocable?: ResourceRevocableInfo;
  readonly shared?: ResourceSharedInfo;
}
export interface ResourceAllocationInfo {
  readonly role?: string;
}
export interface ResourceReservationInfo {
  readonly type?: ResourceReservationInfoType;
  readonly role?: string;
  readonly principal?: string;
  readonly labels?: Labels;
}
export type ResourceReservationInfoType = 'UNKNOWN' | 'STATIC' | 'DYNAMIC';
export interface ResourceDiskInfo {
  readonly persistence?: ResourceDiskInfoPersistence;
  readonly volume?: Volume;
  readonly source?: ResourceDiskInfoSource;
}
export interface ResourceDiskInfoPersistence {
  readonly id: string;
  readonly principal?: string;
}
export interface ResourceDiskInfoSource {
  readonly type: ResourceDiskInfoSourceType;
  readonly path?: ResourceDiskInfoSourcePath;
  readonly mount?: ResourceDiskInfoSourceMount;
  readonly vendor?: string;
  readonly id?: string;
  readonly metadata?: Labels;
  readonly profile?: string;
}
export type ResourceDiskInfoSourceType = 'UNKNOWN' | 'PATH' | 'MOUNT' | 'BLOCK' | 'RAW';
export interface ResourceDiskInfoSourcePath {
  readonly root?: string;
}
export interface ResourceDiskInfoSourceMount {
  readonly root?: string;
}
export interface ResourceRevocableInfo {
}
export interface ResourceSharedInfo {
}
export interface OfferFilters {
  readonly min_allocatable_resources?: OfferFiltersMinAllocatableResources;
}
export interface OfferFiltersResourceQuantities {
  readonly quantities?: Readonly<Record<string, ValueScalar>>;
}
export interface OfferFiltersMinAllocatableResources {
  readonly quantities?: readonly OfferFiltersResourceQuantities[];
}
export interface Request {
  readonly agent_id?: AgentID;
  readonly resources?: readonly Resource[];
}
export interface Offer {
  readonly id: OfferID;
  readonly framework_id: FrameworkID;
  readonly agent_id: AgentID;
  readonly hostname: string;
  readonly url?: URL;
  readonly domain?: DomainInfo;
  readonly resources?: readonly Resource[];
  readonly attributes?: readonly Attribute[];
  readonly executor_ids?: readonly ExecutorID[];
  readonly unavailability?: Unavailability;
  readonly allocation_info?: ResourceAllocationInfo;
}
export interface OfferOperation {
  readonly type?: OfferOperationType;
  readonly id?: OperationID;
  readonly launch?: OfferOperationLaunch;
  readonly launch_group?: OfferOperationLaunchGroup;
  readonly reserve?: OfferOperationReserve;
  readonly unreserve?: OfferOperationUnreserve;
  readonly create?: OfferOperationCreate;
  readonly destroy?: OfferOperationDestroy;
  readonly grow_volume?: OfferOperationGrowVolume;
  readonly shrink_volume?: OfferOperationShrinkVolume;
  readonly create_disk?: OfferOperationCreateDisk;
  readonly destroy_disk?: OfferOperationDestroyDisk;
}
export type OfferOperationType = 'UNKNOWN' | 'LAUNCH' | 'LAUNCH_GROUP' | 'RESERVE' | 'UNRESERVE' | 'CREATE' | 'DESTROY' | 'GROW_VOLUME' | 'SHRINK_VOLUME' | 'CREATE_DISK' | 'DESTROY_DISK';
export interface OfferOperationLaunch {
  readonly task_infos?: readonly TaskInfo[];
}
export interface OfferOperationLaunchGroup {
  readonly executor: ExecutorInfo;
  readonly task_group: TaskGroupInfo;
}
export interface OfferOperationReserve {
  readonly source?: readonly Resource[];
  readonly resources?: readonly Resource[];
}
export interface OfferOperationUnreserve {
  readonly resources?: readonly Resource[];
}
export interface OfferOperationCreate {
  readonly volumes?: readonly Resource[];
}
export interface OfferOperationDestroy {
  readonly volumes?: readonly Resource[];
}
export interface OfferOperationGrowVolume {
  readonly volume: Resource;
  readonly addition: Resource;
}
export interface OfferOperationShrinkVolume {
  readonly volume: Resource;
  readonly subtract: ValueScalar;
}
export interface OfferOperationCreateDisk {
  readonly source: Resource;
  readonly target_type: ResourceDiskInfoSourceType;
  readonly target_profile?: string;
}
export interface OfferOperationDestroyDisk {
  readonly source: Resource;
}
export interface InverseOffer {
  readonly id: OfferID;
  readonly url?: URL;
  readonly framework_id: FrameworkID;
  readonly agent_id?: AgentID;
  readonly unavailability: Unavailability;
  readonly resources?: readonly Resource[];
}
export interface TaskInfo {
  readonly name: string;
  readonly task_id: TaskID;
  readonly agent_id: AgentID;
  readonly resources?: readonly Resource[];
  readonly executor?: ExecutorInfo;
  readonly command?: CommandInfo;
  readonly container?: ContainerInfo;
  readonly health_check?: HealthCheck;
  readonly check?: CheckInfo;
  readonly kill_policy?: KillPolicy;
  readonly data?: Uint8Array;
  readonly labels?: Labels;
  readonly discovery?: DiscoveryInfo;
  readonly max_completion_time?: DurationInfo;
  readonly limits?: Readonly<Record<string, ValueScalar>>;
}
export interface TaskGroupInfo {
  readonly tasks?: readonly TaskInfo[];
}
export interface TaskResourceLimitation {
  readonly resources?: readonly Resource[];
}
export interface UUID {
  readonly value: Uint8Array;
}
export interface OperationStatus {
  readonly operation_id?: OperationID;
  readonly state: OperationState;
  readonly message?: string;
  readonly converted_resources?: readonly Resource[];
  readonly uuid?: UUID;
  readonly agent_id?: AgentID;
  readonly resource_provider_id?: ResourceProviderID;
}
export interface CheckStatusInfo {
  readonly type?: CheckInfoType;
  readonly command?: CheckStatusInfoCommand;
  readonly http?: CheckStatusInfoHttp;
  readonly tcp?: CheckStatusInfoTcp;
}
export interface CheckStatusInfoCommand {
  readonly exit_code?: number;
}
export interface CheckStatusInfoHttp {
  readonly status_code?: number;
}
export interface CheckStatusInfoTcp {
  readonly succeeded?: boolean;
}
export interface TaskStatus {
  readonly task_id: TaskID;
  readonly state: TaskState;
  readonly message?: string;
  readonly source?: TaskStatusSource;
  readonly reason?: TaskStatusReason;
  readonly data?: Uint8Array;
  readonly agent_id?: AgentID;
  readonly executor_id?: ExecutorID;
  readonly timestamp?: number;
  readonly uuid?: Uint8Array;
  readonly healthy?: boolean;
  readonly check_status?: CheckStatusInfo;
  readonly labels?: Labels;
  readonly container_status?: ContainerStatus;
  readonly unreachable_time?: TimeInfo;
  readonly limitation?: TaskResourceLimitation;
}
export type TaskStatusSource = 'SOURCE_MASTER' | 'SOURCE_AGENT' | 'SOURCE_EXECUTOR';
export type TaskStatusReason = 'REASON_COMMAND_EXECUTOR_FAILED' | 'REASON_CONTAINER_LAUNCH_FAILED' | 'REASON_CONTAINER_LIMITATION' | 'REASON_CONTAINER_LIMITATION_DISK' | 'REASON_CONTAINER_LIMITATION_MEMORY' | 'REASON_CONTAINER_PREEMPTED' | 'REASON_CONTAINER_UPDATE_FAILED' | 'REASON_MAX_COMPLETION_TIME_REACHED' | 'REASON_EXECUTOR_REGISTRATION_TIMEOUT' | 'REASON_EXECUTOR_REREGISTRATION_TIMEOUT' | 'REASON_EXECUTOR_TERMINATED' | 'REASON_EXECUTOR_UNREGISTERED' | 'REASON_FRAMEWORK_REMOVED' | 'REASON_GC_ERROR' | 'REASON_INVALID_FRAMEWORKID' | 'REASON_INVALID_OFFERS' | 'REASON_IO_SWITCHBOARD_EXITED' | 'REASON_MASTER_DISCONNECTED' | 'REASON_RECONCILIATION' | 'REASON_RESOURCES_UNKNOWN' | 'REASON_AGENT_DISCONNECTED' | 'REASON_AGENT_DRAINING' | 'REASON_AGENT_REMOVED' | 'REASON_AGENT_REMOVED_BY_OPERATOR' | 'REASON_AGENT_REREGISTERED' | 'REASON_AGENT_RESTARTED' | 'REASON_AGENT_UNKNOWN' | 'REASON_TASK_KILLED_DURING_LAUNCH' | 'REASON_TASK_CHECK_STATUS_UPDATED' | 'REASON_TASK_HEALTH_CHECK_STATUS_UPDATED' | 'REASON_TASK_GROUP_INVALID' | 'REASON_TASK_GROUP_UNAUTHORIZED' | 'REASON_TASK_INVALID' | 'REASON_TASK_UNAUTHORIZED' | 'REASON_TASK_UNKNOWN';
export interface Filters {
  readonly refuse_seconds?: number;
}
export interface Environment {
  readonly variables?: readonly EnvironmentVariable[];
}
export interface EnvironmentVariable {
  readonly name: string;
  readonly type?: EnvironmentVariableType;
  readonly value?: string;
  readonly secret?: Secret;
}
export type EnvironmentVariableType = 'UNKNOWN' | 'VALUE' | 'SECRET';
export interface Parameter {
  readonly key: string;
  readonly value: string;
}
export interface Parameters {
  readonly parameter?: readonly Parameter[];
}
export interface Credential {
  readonly principal: string;
  readonly secret?: string;
}
export interface Secret {
  readonly type?: SecretType;
  readonly reference?: SecretReference;
  readonly value?: SecretValue;
}
export type SecretType = 'UNKNOWN' | 'REFERENCE' | 'VALUE';
export interface SecretReference {
  readonly name: string;
  readonly key?: string;
}
export interface SecretValue {
  readonly data: Uint8Array;
}
export interface Image {
  readonly type: ImageType;
  readonly appc?: ImageAppc;
  readonly docker?: ImageDocker;
  readonly cached?: boolean;
}
export type ImageType = 'APPC' | 'DOCKER';
export interface ImageAppc {
  readonly name: string;
  readonly id?: string;
  readonly labels?: Labels;
}
export interface ImageDocker {
  readonly name: string;
  readonly credential?: Credential;
  readonly config?: Secret;
}
export interface MountPropagation {
  readonly mode?: MountPropagationMode;
}
export type MountPropagationMode = 'UNKNOWN' | 'HOST_TO_CONTAINER' | 'BIDIRECTIONAL';
export interface Volume {
  readonly mode: VolumeMode;
  readonly container_path: string;
  readonly host_path?: string;
  readonly image?: Image;
  readonly source?: VolumeSource;
}
export type VolumeMode = 'RW' | 'RO';
export interface VolumeSource {
  readonly type?: VolumeSourceType;
  readonly docker_volume?: VolumeSourceDockerVolume;
  readonly host_path?: VolumeSourceHostPath;
  readonly sandbox_path?: VolumeSourceSandboxPath;
  readonly secret?: Secret;
  readonly csi_volume?: VolumeSourceCSIVolume;
}
export type VolumeSourceType = 'UNKNOWN' | 'DOCKER_VOLUME' | 'HOST_PATH' | 'SANDBOX_PATH' | 'SECRET' | 'CSI_VOLUME';
export interface VolumeSourceDockerVolume {
  readonly driver?: string;
  readonly name: string;
  readonly driver_options?: Parameters;
}
export interface VolumeSourceHostPath {
  readonly path: string;
  readonly mount_propagation?: MountPropagation;
}
export interface VolumeSourceSandboxPath {
  readonly type?: VolumeSourceSandboxPathType;
  readonly path: string;
}
export type VolumeSourceSandboxPathType = 'UNKNOWN' | 'SELF' | 'PARENT';
export interface VolumeSourceCSIVolume {
  readonly plugin_name: string;
  readonly static_provisioning?: VolumeSourceCSIVolumeStaticProvisioning;
}
export interface VolumeSourceCSIVolumeVolumeCapability {
  readonly block?: VolumeSourceCSIVolumeVolumeCapabilityBlockVolume;
  readonly mount?: VolumeSourceCSIVolumeVolumeCapabilityMountVolume;
  readonly access_mode: VolumeSourceCSIVolumeVolumeCapabilityAccessMode;
}
export interface VolumeSourceCSIVolumeVolumeCapabilityBlockVolume {
}
export interface VolumeSourceCSIVolumeVolumeCapabilityMountVolume {
  readonly fs_type?: string;
  readonly mount_flags?: readonly string[];
}
export interface VolumeSourceCSIVolumeVolumeCapabilityAccessMode {
  readonly mode: VolumeSourceCSIVolumeVolumeCapabilityAccessModeMode;
}
export type VolumeSourceCSIVolumeVolumeCapabilityAccessModeMode = 'UNKNOWN' | 'SINGLE_NODE_WRITER' | 'SINGLE_NODE_READER_ONLY' | 'MULTI_NODE_READER_ONLY' | 'MULTI_NODE_SINGLE_WRITER' | 'MULTI_NODE_MULTI_WRITER';
export interface VolumeSourceCSIVolumeStaticProvisioning {
  readonly volume_id: string;
  readonly volume_capability: VolumeSourceCSIVolumeVolumeCapability;
  readonly node_stage_secrets?: Readonly<Record<string, Secret>>;
  readonly node_publish_secrets?: Readonly<Record<string, Secret>>;
  readonly volume_context?: Readonly<Record<string, string>>;
}
export interface NetworkInfo {
  readonly ip_addresses?: readonly NetworkInfoIPAddress[];
  readonly name?: string;
  readonly groups?: readonly string[];
  readonly labels?: Labels;
  readonly port_mappings?: readonly NetworkInfoPortMapping[];
}
export type NetworkInfoProtocol = 'IPv4' | 'IPv6';
export interface NetworkInfoIPAddress {
  readonly protocol?: NetworkInfoProtocol;
  readonly ip_address?: string;
}
export interface NetworkInfoPortMapping {
  readonly host_port: number;
  readonly container_port: number;
  readonly protocol?: string;
}
export interface CapabilityInfo {
  readonly capabilities?: readonly CapabilityInfoCapability[];
}
export type CapabilityInfoCapability = 'UNKNOWN' | 'CHOWN' | 'DAC_OVERRIDE' | 'DAC_READ_SEARCH' | 'FOWNER' | 'FSETID' | 'KILL' | 'SETGID' | 'SETUID' | 'SETPCAP' | 'LINUX_IMMUTABLE' | 'NET_BIND_SERVICE' | 'NET_BROADCAST' | 'NET_ADMIN' | 'NET_RAW' | 'IPC_LOCK' | 'IPC_OWNER' | 'SYS_MODULE' | 'SYS_RAWIO' | 'SYS_CHROOT' | 'SYS_PTRACE' | 'SYS_PACCT' | 'SYS_ADMIN' | 'SYS_BOOT' | 'SYS_NICE' | 'SYS_RESOURCE' | 'SYS_TIME' | 'SYS_TTY_CONFIG' | 'MKNOD' | 'LEASE' | 'AUDIT_WRITE' | 'AUDIT_CONTROL' | 'SETFCAP' | 'MAC_OVERRIDE' | 'MAC_ADMIN' | 'SYSLOG' | 'WAKE_ALARM' | 'BLOCK_SUSPEND' | 'AUDIT_READ' | 'PERFMON' | 'BPF' | 'CHECKPOINT_RESTORE';
export interface SeccompInfo {
  readonly profile_name?: string;
  readonly unconfined?: boolean;
}
export interface LinuxInfo {
  readonly capability_info?: CapabilityInfo;
  readonly bounding_capabilities?: CapabilityInfo;
  readonly effective_capabilities?: CapabilityInfo;
  readonly share_pid_namespace?: boolean;
  readonly seccomp?: SeccompInfo;
  readonly ipc_mode?: LinuxInfoIpcMode;
  readonly shm_size?: number;
  readonly share_cgroups?: boolean;
}
export type LinuxInfoIpcMode = 'UNKNOWN' | 'PRIVATE' | 'SHARE_PARENT';
export interface RLimitInfo {
  readonly rlimits?: readonly RLimitInfoRLimit[];
}
export interface RLimitInfoRLimit {
  readonly type?: RLimitInfoRLimitType;
  readonly hard?: number;
  readonly soft?: number;
}
export type RLimitInfoRLimitType = 'UNKNOWN' | 'RLMT_AS' | 'RLMT_CORE' | 'RLMT_CPU' | 'RLMT_DATA' | 'RLMT_FSIZE' | 'RLMT_LOCKS' | 'RLMT_MEMLOCK' | 'RLMT_MSGQUEUE' | 'RLMT_NICE' | 'RLMT_NOFILE' | 'RLMT_NPROC' | 'RLMT_RSS' | 'RLMT_RTPRIO' | 'RLMT_RTTIME' | 'RLMT_SIGPENDING' | 'RLMT_STACK';
export interface TTYInfo {
  readonly window_size?: TTYInfoWindowSize;
}
export interface TTYInfoWindowSize {
  readonly rows: number;
  readonly columns: number;
}
export interface ContainerInfo {
  readonly type: ContainerInfoType;
  readonly volumes?: readonly Volume[];
  readonly hostname?: string;
  readonly docker?: ContainerInfoDockerInfo;
  readonly mesos?: ContainerInfoMesosInfo;
  readonly network_infos?: readonly NetworkInfo[];
  readonly linux_info?: LinuxInfo;
  readonly rlimit_info?: RLimitInfo;
  readonly tty_info?: TTYInfo;
}
export type ContainerInfoType = 'DOCKER' | 'MESOS';
export interface ContainerInfoDockerInfo {
  readonly image: string;
  readonly network?: ContainerInfoDockerInfoNetwork;
  readonly port_mappings?: readonly ContainerInfoDockerInfoPortMapping[];
  readonly privileged?: boolean;
  readonly parameters?: readonly Parameter[];
  readonly force_pull_image?: boolean;
  readonly volume_driver?: string;
}
export type ContainerInfoDockerInfoNetwork = 'HOST' | 'BRIDGE' | 'NONE' | 'USER';
export interface ContainerInfoDockerInfoPortMapping {
  readonly host_port: number;
  readonly container_port: number;
  readonly protocol?: string;
}
export interface ContainerInfoMesosInfo {
  readonly image?: Image;
}
export interface ContainerStatus {
  readonly container_id?: ContainerID;
  readonly network_infos?: readonly NetworkInfo[];
  readonly cgroup_info?: CgroupInfo;
  readonly executor_pid?: number;
}
export interface CgroupInfo {
  readonly net_cls?: CgroupInfoNetCls;
}
export interface CgroupInfoNetCls {
  readonly classid?: number;
}
export interface Labels {
  readonly labels?: readonly Label[];
}
export interface Label {
  readonly key: string;
  readonly value?: string;
}
export interface Port {
  readonly number: number;
  readonly name?: string;
  readonly protocol?: string;
  readonly visibility?: DiscoveryInfoVisibility;
  readonly labels?: Labels;
}
export interface Ports {
  readonly ports?: readonly Port[];
}
export interface DiscoveryInfo {
  readonly visibility: DiscoveryInfoVisibility;
  readonly name?: string;
  readonly environment?: string;
  readonly location?: string;
  readonly version?: string;
  readonly ports?: Ports;
  readonly labels?: Labels;
}
export type DiscoveryInfoVisibility = 'FRAMEWORK' | 'CLUSTER' | 'EXTERNAL';
export interface SchedulerEvent {
  readonly type?: SchedulerEventType;
  readonly subscribed?: SchedulerEventSubscribed;
  readonly offers?: SchedulerEventOffers;
  readonly inverse_offers?: SchedulerEventInverseOffers;
  readonly rescind?: SchedulerEventRescind;
  readonly rescind_inverse_offer?: SchedulerEventRescindInverseOffer;
  readonly update?: SchedulerEventUpdate;
  readonly update_operation_status?: SchedulerEventUpdateOperationStatus;
  readonly message?: SchedulerEventMessage;
  readonly failure?: SchedulerEventFailure;
  readonly error?: SchedulerEventError;
}
export type SchedulerEventType = 'UNKNOWN' | 'SUBSCRIBED' | 'OFFERS' | 'INVERSE_OFFERS' | 'RESCIND' | 'RESCIND_INVERSE_OFFER' | 'UPDATE' | 'UPDATE_OPERATION_STATUS' | 'MESSAGE' | 'FAILURE' | 'ERROR' | 'HEARTBEAT';
export interface SchedulerEventSubscribed {
  readonly framework_id: FrameworkID;
  readonly heartbeat_interval_seconds?: number;
  readonly master_info?: MasterInfo;
}
export interface SchedulerEventOffers {
  readonly offers?: readonly Offer[];
}
export interface SchedulerEventInverseOffers {
  readonly inverse_offers?: readonly InverseOffer[];
}
export interface SchedulerEventRescind {
  readonly offer_id: OfferID;
}
export interface SchedulerEventRescindInverseOffer {
  readonly inverse_offer_id: OfferID;
}
export interface SchedulerEventUpdate {
  readonly status: TaskStatus;
}
export interface SchedulerEventUpdateOperationStatus {
  readonly status: OperationStatus;
}
export interface SchedulerEventMessage {
  readonly agent_id: AgentID;
  readonly executor_id: ExecutorID;
  readonly data: Uint8Array;
}
export interface SchedulerEventFailure {
  readonly agent_id?: AgentID;
  readonly executor_id?: ExecutorID;
  readonly status?: number;
}
export interface SchedulerEventError {
  readonly message: string;
}
export interface SchedulerAttributeConstraint {
  readonly selector: SchedulerAttributeConstraintSelector;
  readonly predicate: SchedulerAttributeConstraintPredicate;
}
export interface SchedulerAttributeConstraintSelector {
  readonly pseudoattribute_type?: SchedulerAttributeConstraintSelectorPseudoattributeType;
  readonly attribute_name?: string;
}
export type SchedulerAttributeConstraintSelectorPseudoattributeType = 'UNKNOWN' | 'HOSTNAME' | 'REGION' | 'ZONE';
export interface SchedulerAttributeConstraintPredicate {
  readonly exists?: SchedulerAttributeConstraintPredicateExists;
  readonly not_exists?: SchedulerAttributeConstraintPredicateNotExists;
  readonly text_equals?: SchedulerAttributeConstraintPredicateTextEquals;
  readonly text_not_equals?: SchedulerAttributeConstraintPredicateTextNotEquals;
  readonly text_matches?: SchedulerAttributeConstraintPredicateTextMatches;
  readonly text_not_matches?: SchedulerAttributeConstraintPredicateTextNotMatches;
}
export interface SchedulerAttributeConstraintPredicateExists {
}
export interface SchedulerAttributeConstraintPredicateNotExists {
}
export interface SchedulerAttributeConstraintPredicateTextEquals {
  readonly value: string;
}
export interface SchedulerAttributeConstraintPredicateTextNotEquals {
  readonly value: string;
}
export interface SchedulerAttributeConstraintPredicateTextMatches {
  readonly regex: string;
}
export interface SchedulerAttributeConstraintPredicateTextNotMatches {
  readonly regex: string;
}
export interface SchedulerOfferConstraints {
  readonly role_constraints?: Readonly<Record<string, SchedulerOfferConstraintsRoleConstraints>>;
}
export interface SchedulerOfferConstraintsRoleConstraints {
  readonly groups?: readonly SchedulerOfferConstraintsRoleConstraintsGroup[];
}
export interface SchedulerOfferConstraintsRoleConstraintsGroup {
  readonly attribute_constraints?: readonly SchedulerAttributeConstraint[];
}
export interface SchedulerCall {
  readonly framework_id?: FrameworkID;
  readonly type?: SchedulerCallType;
  readonly subscribe?: SchedulerCallSubscribe;
  readonly accept?: SchedulerCallAccept;
  readonly decline?: SchedulerCallDecline;
  readonly accept_inverse_offers?: SchedulerCallAcceptInverseOffers;
  readonly decline_inverse_offers?: SchedulerCallDeclineInverseOffers;
  readonly revive?: SchedulerCallRevive;
  readonly kill?: SchedulerCallKill;
  readonly shutdown?: SchedulerCallShutdown;
  readonly acknowledge?: SchedulerCallAcknowledge;
  readonly acknowledge_operation_status?: SchedulerCallAcknowledgeOperationStatus;
  readonly reconcile?: SchedulerCallReconcile;
  readonly reconcile_operations?: SchedulerCallReconcileOperations;
  readonly message?: SchedulerCallMessage;
  readonly request?: SchedulerCallRequest;
  readonly suppress?: SchedulerCallSuppress;
  readonly update_framework?: SchedulerCallUpdateFramework;
}
export type SchedulerCallType = 'UNKNOWN' | 'SUBSCRIBE' | 'TEARDOWN' | 'ACCEPT' | 'DECLINE' | 'ACCEPT_INVERSE_OFFERS' | 'DECLINE_INVERSE_OFFERS' | 'REVIVE' | 'KILL' | 'SHUTDOWN' | 'ACKNOWLEDGE' | 'ACKNOWLEDGE_OPERATION_STATUS' | 'RECONCILE' | 'RECONCILE_OPERATIONS' | 'MESSAGE' | 'REQUEST' | 'SUPPRESS' | 'UPDATE_FRAMEWORK';
export interface SchedulerCallSubscribe {
  readonly framework_info: FrameworkInfo;
  readonly suppressed_roles?: readonly string[];
  readonly offer_constraints?: SchedulerOfferConstraints;
}
export interface SchedulerCallAccept {
  readonly offer_ids?: readonly OfferID[];
  readonly operations?: readonly OfferOperation[];
  readonly filters?: Filters;
}
export interface SchedulerCallDecline {
  readonly offer_ids?: readonly OfferID[];
  readonly filters?: Filters;
}
export interface SchedulerCallAcceptInverseOffers {
  readonly inverse_offer_ids?: readonly OfferID[];
  readonly filters?: Filters;
}
export interface SchedulerCallDeclineInverseOffers {
  readonly inverse_offer_ids?: readonly OfferID[];
  readonly filters?: Filters;
}
export interface SchedulerCallRevive {
  readonly roles?: readonly string[];
}
export interface SchedulerCallKill {
  readonly task_id: TaskID;
  readonly agent_id?: AgentID;
  readonly kill_policy?: KillPolicy;
}
export interface SchedulerCallShutdown {
  readonly executor_id: ExecutorID;
  readonly agent_id: AgentID;
}
export interface SchedulerCallAcknowledge {
  readonly agent_id: AgentID;
  readonly task_id: TaskID;
  readonly uuid: Uint8Array;
}
export interface SchedulerCallAcknowledgeOperationStatus {
  readonly agent_id?: AgentID;
  readonly resource_provider_id?: ResourceProviderID;
  readonly uuid: Uint8Array;
  readonly operation_id: OperationID;
}
export interface SchedulerCallReconcile {
  readonly tasks?: readonly SchedulerCallReconcileTask[];
}
export interface SchedulerCallReconcileTask {
  readonly task_id: TaskID;
  readonly agent_id?: AgentID;
}
export interface SchedulerCallReconcileOperations {
  readonly operations?: readonly SchedulerCallReconcileOperationsOperation[];
}
export interface SchedulerCallReconcileOperationsOperation {
  readonly operation_id: OperationID;
  readonly agent_id?: AgentID;
  readonly resource_provider_id?: ResourceProviderID;
}
export interface SchedulerCallMessage {
  readonly agent_id: AgentID;
  readonly executor_id: ExecutorID;
  readonly data: Uint8Array;
}
export interface SchedulerCallRequest {
  readonly requests?: readonly Request[];
}
export interface SchedulerCallSuppress {
  readonly roles?: readonly string[];
}
export interface SchedulerCallUpdateFramework {
  readonly framework_info: FrameworkInfo;
  readonly suppressed_roles?: readonly string[];
  readonly offer_constraints?: SchedulerOfferConstraints;
}
export interface ExecutorEvent {
  readonly type?: ExecutorEventType;
  readonly subscribed?: ExecutorEventSubscribed;
  readonly acknowledged?: ExecutorEventAcknowledged;
  readonly launch?: ExecutorEventLaunch;
  readonly launch_group?: ExecutorEventLaunchGroup;
  readonly kill?: ExecutorEventKill;
  readonly message?: ExecutorEventMessage;
  readonly error?: ExecutorEventError;
}
export type ExecutorEventType = 'UNKNOWN' | 'SUBSCRIBED' | 'LAUNCH' | 'LAUNCH_GROUP' | 'KILL' | 'ACKNOWLEDGED' | 'MESSAGE' | 'ERROR' | 'SHUTDOWN' | 'HEARTBEAT';
export interface ExecutorEventSubscribed {
  readonly executor_info: ExecutorInfo;
  readonly framework_info: FrameworkInfo;
  readonly agent_info: AgentInfo;
  readonly container_id?: ContainerID;
}
export interface ExecutorEventLaunch {
  readonly task: TaskInfo;
}
export interface ExecutorEventLaunchGroup {
  readonly task_group: TaskGroupInfo;
}
export interface ExecutorEventKill {
  readonly task_id: TaskID;
  readonly kill_policy?: KillPolicy;
}
export interface ExecutorEventAcknowledged {
  readonly task_id: TaskID;
  readonly uuid: Uint8Array;
}
export interface ExecutorEventMessage {
  readonly data: Uint8Array;
}
export interface ExecutorEventError {
  readonly message: string;
}
export interface ExecutorCall {
  readonly executor_id: ExecutorID;
  readonly framework_id: FrameworkID;
  readonly type?: ExecutorCallType;
  readonly subscribe?: ExecutorCallSubscribe;
  readonly update?: ExecutorCallUpdate;
  readonly message?: ExecutorCallMessage;
}
export type ExecutorCallType = 'UNKNOWN' | 'SUBSCRIBE' | 'UPDATE' | 'MESSAGE' | 'HEARTBEAT';
export interface ExecutorCallSubscribe {
  readonly unacknowledged_tasks?: readonly TaskInfo[];
  readonly unacknowledged_updates?: readonly ExecutorCallUpdate[];
}
export interface ExecutorCallUpdate {
  readonly status: TaskStatus;
}
export interface ExecutorCallMessage {
  readonly data: Uint8Array;
}
export const DESCRIPTOR = "{\"nested\":{\"mesos\":{\"nested\":{\"v1\":{\"nested\":{\"TaskState\":{\"edition\":\"proto2\",\"values\":{\"TASK_STAGING\":6,\"TASK_STARTING\":0,\"TASK_RUNNING\":1,\"TASK_KILLING\":8,\"TASK_FINISHED\":2,\"TASK_FAILED\":3,\"TASK_KILLED\":4,\"TASK_ERROR\":7,\"TASK_LOST\":5,\"TASK_DROPPED\":9,\"TASK_UNREACHABLE\":10,\"TASK_GONE\":11,\"TASK_GONE_BY_OPERATOR\":12,\"TASK_UNKNOWN\":13}},\"OperationState\":{\"edition\":\"proto2\",\"values\":{\"OPERATION_UNSUPPORTED\":0,\"OPERATION_PENDING\":1,\"OPERATION_FINISHED\":2,\"OPERATION_FAILED\":3,\"OPERATION_ERROR\":4,\"OPERATION_DROPPED\":5,\"OPERATION_UNREACHABLE\":6,\"OPERATION_GONE_BY_OPERATOR\":7,\"OPERATION_RECOVERING\":8,\"OPERATION_UNKNOWN\":9}},\"FrameworkID\":{\"edition\":\"proto2\",\"fields\":{\"value\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1}}},\"OfferID\":{\"edition\":\"proto2\",\"fields\":{\"value\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1}}},\"AgentID\":{\"edition\":\"proto2\",\"fields\":{\"value\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1}}},\"TaskID\":{\"edition\":\"proto2\",\"fields\":{\"value\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1}}},\"ExecutorID\":{\"edition\":\"proto2\",\"fields\":{\"value\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1}}},\"ContainerID\":{\"edition\":\"proto2\",\"fields\":{\"value\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"parent\":{\"type\":\"ContainerID\",\"id\":2}}},\"ResourceProviderID\":{\"edition\":\"proto2\",\"fields\":{\"value\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1}}},\"OperationID\":{\"edition\":\"proto2\",\"fields\":{\"value\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1}}},\"TimeInfo\":{\"edition\":\"proto2\",\"fields\":{\"nanoseconds\":{\"rule\":\"required\",\"type\":\"int64\",\"id\":1}}},\"DurationInfo\":{\"edition\":\"proto2\",\"fields\":{\"nanoseconds\":{\"rule\":\"required\",\"type\":\"int64\",\"id\":1}}},\"Address\":{\"edition\":\"proto2\",\"fields\":{\"hostname\":{\"type\":\"string\",\"id\":1},\"ip\":{\"type\":\"string\",\"id\":2},\"port\":{\"rule\":\"required\",\"type\":\"int32\",\"id\":3}}},\"URL\":{\"edition\":\"proto2\",\"fields\":{\"scheme\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"address\":{\"rule\":\"required\",\"type\":\"Address\",\"id\":2},\"path\":{\"type\":\"string\",\"id\":3},\"query\":{\"rule\":\"repeated\",\"type\":\"Parameter\",\"id\":4},\"fragment\":{\"type\":\"string\",\"id\":5}}},\"Unavailability\":{\"edition\":\"proto2\",\"fields\":{\"start\":{\"rule\":\"required\",\"type\":\"TimeInfo\",\"id\":1},\"duration\":{\"type\":\"DurationInfo\",\"id\":2}}},\"FrameworkInfo\":{\"edition\":\"proto2\",\"fields\":{\"user\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"name\":{\"rule\":\"required\",\"type\":\"string\",\"id\":2},\"id\":{\"type\":\"FrameworkID\",\"id\":3},\"failover_timeout\":{\"type\":\"double\",\"id\":4,\"options\":{\"default\":0}},\"checkpoint\":{\"type\":\"bool\",\"id\":5,\"options\":{\"default\":false}},\"role\":{\"type\":\"string\",\"id\":6,\"options\":{\"default\":\"*\",\"deprecated\":true}},\"roles\":{\"rule\":\"repeated\",\"type\":\"string\",\"id\":12},\"hostname\":{\"type\":\"string\",\"id\":7},\"principal\":{\"type\":\"string\",\"id\":8},\"webui_url\":{\"type\":\"string\",\"id\":9},\"capabilities\":{\"rule\":\"repeated\",\"type\":\"FrameworkInfo.Capability\",\"id\":10},\"labels\":{\"type\":\"Labels\",\"id\":11},\"offer_filters\":{\"keyType\":\"string\",\"type\":\"OfferFilters\",\"id\":13}},\"nested\":{\"Capability\":{\"fields\":{\"type\":{\"type\":\"FrameworkInfo.Capability.Type\",\"id\":1}},\"nested\":{\"Type\":{\"values\":{\"UNKNOWN\":0,\"REVOCABLE_RESOURCES\":1,\"TASK_KILLING_STATE\":2,\"GPU_RESOURCES\":3,\"SHARED_RESOURCES\":4,\"PARTITION_AWARE\":5,\"MULTI_ROLE\":6,\"RESERVATION_REFINEMENT\":7,\"REGION_AWARE\":8}}}}}},\"CheckInfo\":{\"edition\":\"proto2\",\"fields\":{\"type\":{\"type\":\"CheckInfo.Type\",\"id\":1},\"command\":{\"type\":\"CheckInfo.Command\",\"id\":2},\"http\":{\"type\":\"CheckInfo.Http\",\"id\":3},\"tcp\":{\"type\":\"CheckInfo.Tcp\",\"id\":7},\"delay_seconds\":{\"type\":\"double\",\"id\":4,\"options\":{\"default\":15}},\"interval_seconds\":{\"type\":\"double\",\"id\":5,\"options\":{\"default\":10}},\"timeout_seconds\":{\"type\":\"double\",\"id\":6,\"options\":{\"default\":20}}},\"nested\":{\"Type\":{\"values\":{\"UNKNOWN\":0,\"COMMAND\":1,\"HTTP\":2,\"TCP\":3}},\"Command\":{\"fields\":{\"command\":{\"rule\":\"required\",\"type\":\"CommandInfo\",\"id\":1}}},\"Http\":{\"fields\":{\"port\":{\"rule\":\"required\",\"type\":\"uint32\",\"id\":1},\"path\":{\"type\":\"string\",\"id\":2}}},\"Tcp\":{\"fields\":{\"port\":{\"rule\":\"required\",\"type\":\"uint32\",\"id\":1}}}}},\"HealthCheck\":{\"edition\":\"proto2\",\"fields\":{\"delay_seconds\":{\"type\":\"double\",\"id\":2,\"options\":{\"default\":15}},\"interval_seconds\":{\"type\":\"double\",\"id\":3,\"options\":{\"default\":10}},\"timeout_seconds\":{\"type\":\"double\",\"id\":4,\"options\":{\"default\":20}},\"consecutive_failures\":{\"type\":\"uint32\",\"id\":5,\"options\":{\"default\":3}},\"grace_period_seconds\":{\"type\":\"double\",\"id\":6,\"options\":{\"default\":10}},\"type\":{\"type\":\"HealthCheck.Type\",\"id\":8},\"command\":{\"type\":\"CommandInfo\",\"id\":7},\"http\":{\"type\":\"HealthCheck.HTTPCheckInfo\",\"id\":1},\"tcp\":{\"type\":\"HealthCheck.TCPCheckInfo\",\"id\":9}},\"nested\":{\"Type\":{\"values\":{\"UNKNOWN\":0,\"COMMAND\":1,\"HTTP\":2,\"TCP\":3}},\"HTTPCheckInfo\":{\"fields\":{\"protocol\":{\"type\":\"NetworkInfo.Protocol\",\"id\":5,\"options\":{\"default\":\"IPv4\"}},\"scheme\":{\"type\":\"string\",\"id\":3},\"port\":{\"rule\":\"required\",\"type\":\"uint32\",\"id\":1},\"path\":{\"type\":\"string\",\"id\":2},\"statuses\":{\"rule\":\"repeated\",\"type\":\"uint32\",\"id\":4}}},\"TCPCheckInfo\":{\"fields\":{\"protocol\":{\"type\":\"NetworkInfo.Protocol\",\"id\":2,\"options\":{\"default\":\"IPv4\"}},\"port\":{\"rule\":\"required\",\"type\":\"uint32\",\"id\":1}}}}},\"KillPolicy\":{\"edition\":\"proto2\",\"fields\":{\"grace_period\":{\"type\":\"DurationInfo\",\"id\":1}}},\"CommandInfo\":{\"edition\":\"proto2\",\"fields\":{\"uris\":{\"rule\":\"repeated\",\"type\":\"CommandInfo.URI\",\"id\":1},\"environment\":{\"type\":\"Environment\",\"id\":2},\"shell\":{\"type\":\"bool\",\"id\":6,\"options\":{\"default\":true}},\"value\":{\"type\":\"string\",\"id\":3},\"arguments\":{\"rule\":\"repeated\",\"type\":\"string\",\"id\":7},\"user\":{\"type\":\"string\",\"id\":5}},\"nested\":{\"URI\":{\"fields\":{\"value\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"executable\":{\"type\":\"bool\",\"id\":2},\"extract\":{\"type\":\"bool\",\"id\":3,\"options\":{\"default\":true}},\"cache\":{\"type\":\"bool\",\"id\":4},\"output_file\":{\"type\":\"string\",\"id\":5}}}}},\"ExecutorInfo\":{\"edition\":\"proto2\",\"fields\":{\"type\":{\"type\":\"ExecutorInfo.Type\",\"id\":15},\"executor_id\":{\"rule\":\"required\",\"type\":\"ExecutorID\",\"id\":1},\"framework_id\":{\"type\":\"FrameworkID\",\"id\":8},\"command\":{\"type\":\"CommandInfo\",\"id\":7},\"container\":{\"type\":\"ContainerInfo\",\"id\":11},\"resources\":{\"rule\":\"repeated\",\"type\":\"Resource\",\"id\":5},\"name\":{\"type\":\"string\",\"id\":9},\"source\":{\"type\":\"string\",\"id\":10,\"options\":{\"deprecated\":true}},\"data\":{\"type\":\"bytes\",\"id\":4},\"discovery\":{\"type\":\"DiscoveryInfo\",\"id\":12},\"shutdown_grace_period\":{\"type\":\"DurationInfo\",\"id\":13},\"labels\":{\"type\":\"Labels\",\"id\":14}},\"nested\":{\"Type\":{\"values\":{\"UNKNOWN\":0,\"DEFAULT\":1,\"CUSTOM\":2}}}},\"DomainInfo\":{\"edition\":\"proto2\",\"fields\":{\"fault_domain\":{\"type\":\"DomainInfo.FaultDomain\",\"id\":1}},\"nested\":{\"FaultDomain\":{\"fields\":{\"region\":{\"rule\":\"required\",\"type\":\"DomainInfo.FaultDomain.RegionInfo\",\"id\":1},\"zone\":{\"rule\":\"required\",\"type\":\"DomainInfo.FaultDomain.ZoneInfo\",\"id\":2}},\"nested\":{\"RegionInfo\":{\"fields\":{\"name\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1}}},\"ZoneInfo\":{\"fields\":{\"name\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1}}}}}}},\"MasterInfo\":{\"edition\":\"proto2\",\"fields\":{\"id\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"ip\":{\"rule\":\"required\",\"type\":\"uint32\",\"id\":2},\"port\":{\"rule\":\"required\",\"type\":\"uint32\",\"id\":3,\"options\":{\"default\":5050}},\"pid\":{\"type\":\"string\",\"id\":4},\"hostname\":{\"type\":\"string\",\"id\":5},\"version\":{\"type\":\"string\",\"id\":6},\"address\":{\"type\":\"Address\",\"id\":7},\"domain\":{\"type\":\"DomainInfo\",\"id\":8},\"capabilities\":{\"rule\":\"repeated\",\"type\":\"MasterInfo.Capability\",\"id\":9}},\"nested\":{\"Capability\":{\"fields\":{\"type\":{\"type\":\"MasterInfo.Capability.Type\",\"id\":1}},\"nested\":{\"Type\":{\"values\":{\"UNKNOWN\":0,\"AGENT_UPDATE\":1,\"AGENT_DRAINING\":2,\"QUOTA_V2\":3}}}}}},\"AgentInfo\":{\"edition\":\"proto2\",\"fields\":{\"hostname\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"port\":{\"type\":\"int32\",\"id\":8,\"options\":{\"default\":5051}},\"resources\":{\"rule\":\"repeated\",\"type\":\"Resource\",\"id\":3},\"attributes\":{\"rule\":\"repeated\",\"type\":\"Attribute\",\"id\":5},\"id\":{\"type\":\"AgentID\",\"id\":6},\"domain\":{\"type\":\"DomainInfo\",\"id\":10}}},\"Value\":{\"edition\":\"proto2\",\"fields\":{\"type\":{\"rule\":\"required\",\"type\":\"Value.Type\",\"id\":1},\"scalar\":{\"type\":\"Value.Scalar\",\"id\":2},\"ranges\":{\"type\":\"Value.Ranges\",\"id\":3},\"set\":{\"type\":\"Value.Set\",\"id\":4},\"text\":{\"type\":\"Value.Text\",\"id\":5}},\"nested\":{\"Type\":{\"values\":{\"SCALAR\":0,\"RANGES\":1,\"SET\":2,\"TEXT\":3}},\"Scalar\":{\"fields\":{\"value\":{\"rule\":\"required\",\"type\":\"double\",\"id\":1}}},\"Range\":{\"fields\":{\"begin\":{\"rule\":\"required\",\"type\":\"uint64\",\"id\":1},\"end\":{\"rule\":\"required\",\"type\":\"uint64\",\"id\":2}}},\"Ranges\":{\"fields\":{\"range\":{\"rule\":\"repeated\",\"type\":\"Value.Range\",\"id\":1}}},\"Set\":{\"fields\":{\"item\":{\"rule\":\"repeated\",\"type\":\"string\",\"id\":1}}},\"Text\":{\"fields\":{\"value\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1}}}}},\"Attribute\":{\"edition\":\"proto2\",\"fields\":{\"name\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"type\":{\"rule\":\"required\",\"type\":\"Value.Type\",\"id\":2},\"scalar\":{\"type\":\"Value.Scalar\",\"id\":3},\"ranges\":{\"type\":\"Value.Ranges\",\"id\":4},\"set\":{\"type\":\"Value.Set\",\"id\":6},\"text\":{\"type\":\"Value.Text\",\"id\":5}}},\"Resource\":{\"edition\":\"proto2\",\"fields\":{\"provider_id\":{\"type\":\"ResourceProviderID\",\"id\":12},\"name\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"type\":{\"rule\":\"required\",\"type\":\"Value.Type\",\"id\":2},\"scalar\":{\"type\":\"Value.Scalar\",\"id\":3},\"ranges\":{\"type\":\"Value.Ranges\",\"id\":4},\"set\":{\"type\":\"Value.Set\",\"id\":5},\"role\":{\"type\":\"string\",\"id\":6,\"options\":{\"default\":\"*\",\"deprecated\":true}},\"allocation_info\":{\"type\":\"Resource.AllocationInfo\",\"id\":11},\"reservation\":{\"type\":\"Resource.ReservationInfo\",\"id\":8},\"reservations\":{\"rule\":\"repeated\",\"type\":\"Resource.ReservationInfo\",\"id\":13},\"disk\":{\"type\":\"Resource.DiskInfo\",\"id\":7},\"revocable\":{\"type\":\"Resource.RevocableInfo\",\"id\":9},\"shared\":{\"type\":\"Resource.SharedInfo\",\"id\":10}},\"nested\":{\"AllocationInfo\":{\"fields\":{\"role\":{\"type\":\"string\",\"id\":1}}},\"ReservationInfo\":{\"fields\":{\"type\":{\"type\":\"Resource.ReservationInfo.Type\",\"id\":4},\"role\":{\"type\":\"string\",\"id\":3},\"principal\":{\"type\":\"string\",\"id\":1},\"labels\":{\"type\":\"Labels\",\"id\":2}},\"nested\":{\"Type\":{\"values\":{\"UNKNOWN\":0,\"STATIC\":1,\"DYNAMIC\":2}}}},\"DiskInfo\":{\"fields\":{\"persistence\":{\"type\":\"Resource.DiskInfo.Persistence\",\"id\":1},\"volume\":{\"type\":\"Volume\",\"id\":2},\"source\":{\"type\":\"Resource.DiskInfo.Source\",\"id\":3}},\"nested\":{\"Persistence\":{\"fields\":{\"id\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"principal\":{\"type\":\"string\",\"id\":2}}},\"Source\":{\"fields\":{\"type\":{\"rule\":\"required\",\"type\":\"Resource.DiskInfo.Source.Type\",\"id\":1},\"path\":{\"type\":\"Resource.DiskInfo.Source.Path\",\"id\":2},\"mount\":{\"type\":\"Resource.DiskInfo.Source.Mount\",\"id\":3},\"vendor\":{\"type\":\"string\",\"id\":7},\"id\":{\"type\":\"string\",\"id\":4},\"metadata\":{\"type\":\"Labels\",\"id\":5},\"profile\":{\"type\":\"string\",\"id\":6}},\"nested\":{\"Type\":{\"values\":{\"UNKNOWN\":0,\"PATH\":1,\"MOUNT\":2,\"BLOCK\":3,\"RAW\":4}},\"Path\":{\"fields\":{\"root\":{\"type\":\"string\",\"id\":1}}},\"Mount\":{\"fields\":{\"root\":{\"type\":\"string\",\"id\":1}}}}}}},\"RevocableInfo\":{\"fields\":{}},\"SharedInfo\":{\"fields\":{}}}},\"OfferFilters\":{\"edition\":\"proto2\",\"fields\":{\"min_allocatable_resources\":{\"type\":\"OfferFilters.MinAllocatableResources\",\"id\":1}},\"nested\":{\"ResourceQuantities\":{\"fields\":{\"quantities\":{\"keyType\":\"string\",\"type\":\"Value.Scalar\",\"id\":1}}},\"MinAllocatableResources\":{\"fields\":{\"quantities\":{\"rule\":\"repeated\",\"type\":\"OfferFilters.ResourceQuantities\",\"id\":1}}}}},\"Request\":{\"edition\":\"proto2\",\"fields\":{\"agent_id\":{\"type\":\"AgentID\",\"id\":1},\"resources\":{\"rule\":\"repeated\",\"type\":\"Resource\",\"id\":2}}},\"Offer\":{\"edition\":\"proto2\",\"fields\":{\"id\":{\"rule\":\"required\",\"type\":\"OfferID\",\"id\":1},\"framework_id\":{\"rule\":\"required\",\"type\":\"FrameworkID\",\"id\":2},\"agent_id\":{\"rule\":\"required\",\"type\":\"AgentID\",\"id\":3},\"hostname\":{\"rule\":\"required\",\"type\":\"string\",\"id\":4},\"url\":{\"type\":\"URL\",\"id\":8},\"domain\":{\"type\":\"DomainInfo\",\"id\":11},\"resources\":{\"rule\":\"repeated\",\"type\":\"Resource\",\"id\":5},\"attributes\":{\"rule\":\"repeated\",\"type\":\"Attribute\",\"id\":7},\"executor_ids\":{\"rule\":\"repeated\",\"type\":\"ExecutorID\",\"id\":6},\"unavailability\":{\"type\":\"Unavailability\",\"id\":9},\"allocation_info\":{\"type\":\"Resource.AllocationInfo\",\"id\":10}},\"nested\":{\"Operation\":{\"fields\":{\"type\":{\"type\":\"Offer.Operation.Type\",\"id\":1},\"id\":{\"type\":\"OperationID\",\"id\":12},\"launch\":{\"type\":\"Offer.Operation.Launch\",\"id\":2},\"launch_group\":{\"type\":\"Offer.Operation.LaunchGroup\",\"id\":7},\"reserve\":{\"type\":\"Offer.Operation.Reserve\",\"id\":3},\"unreserve\":{\"type\":\"Offer.Operation.Unreserve\",\"id\":4},\"create\":{\"type\":\"Offer.Operation.Create\",\"id\":5},\"destroy\":{\"type\":\"Offer.Operation.Destroy\",\"id\":6},\"grow_volume\":{\"type\":\"Offer.Operation.GrowVolume\",\"id\":13},\"shrink_volume\":{\"type\":\"Offer.Operation.ShrinkVolume\",\"id\":14},\"create_disk\":{\"type\":\"Offer.Operation.CreateDisk\",\"id\":15},\"destroy_disk\":{\"type\":\"Offer.Operation.DestroyDisk\",\"id\":16}},\"nested\":{\"Type\":{\"values\":{\"UNKNOWN\":0,\"LAUNCH\":1,\"LAUNCH_GROUP\":6,\"RESERVE\":2,\"UNRESERVE\":3,\"CREATE\":4,\"DESTROY\":5,\"GROW_VOLUME\":11,\"SHRINK_VOLUME\":12,\"CREATE_DISK\":13,\"DESTROY_DISK\":14}},\"Launch\":{\"fields\":{\"task_infos\":{\"rule\":\"repeated\",\"type\":\"TaskInfo\",\"id\":1}}},\"LaunchGroup\":{\"fields\":{\"executor\":{\"rule\":\"required\",\"type\":\"ExecutorInfo\",\"id\":1},\"task_group\":{\"rule\":\"required\",\"type\":\"TaskGroupInfo\",\"id\":2}}},\"Reserve\":{\"fields\":{\"source\":{\"rule\":\"repeated\",\"type\":\"Resource\",\"id\":2},\"resources\":{\"rule\":\"repeated\",\"type\":\"Resource\",\"id\":1}}},\"Unreserve\":{\"fields\":{\"resources\":{\"rule\":\"repeated\",\"type\":\"Resource\",\"id\":1}}},\"Create\":{\"fields\":{\"volumes\":{\"rule\":\"repeated\",\"type\":\"Resource\",\"id\":1}}},\"Destroy\":{\"fields\":{\"volumes\":{\"rule\":\"repeated\",\"type\":\"Resource\",\"id\":1}}},\"GrowVolume\":{\"fields\":{\"volume\":{\"rule\":\"required\",\"type\":\"Resource\",\"id\":1},\"addition\":{\"rule\":\"required\",\"type\":\"Resource\",\"id\":2}}},\"ShrinkVolume\":{\"fields\":{\"volume\":{\"rule\":\"required\",\"type\":\"Resource\",\"id\":1},\"subtract\":{\"rule\":\"required\",\"type\":\"Value.Scalar\",\"id\":2}}},\"CreateDisk\":{\"fields\":{\"source\":{\"rule\":\"required\",\"type\":\"Resource\",\"id\":1},\"target_type\":{\"rule\":\"required\",\"type\":\"Resource.DiskInfo.Source.Type\",\"id\":2},\"target_profile\":{\"type\":\"string\",\"id\":3}}},\"DestroyDisk\":{\"fields\":{\"source\":{\"rule\":\"required\",\"type\":\"Resource\",\"id\":1}}}}}}},\"InverseOffer\":{\"edition\":\"proto2\",\"fields\":{\"id\":{\"rule\":\"required\",\"type\":\"OfferID\",\"id\":1},\"url\":{\"type\":\"URL\",\"id\":2},\"framework_id\":{\"rule\":\"required\",\"type\":\"FrameworkID\",\"id\":3},\"agent_id\":{\"type\":\"AgentID\",\"id\":4},\"unavailability\":{\"rule\":\"required\",\"type\":\"Unavailability\",\"id\":5},\"resources\":{\"rule\":\"repeated\",\"type\":\"Resource\",\"id\":6}}},\"TaskInfo\":{\"edition\":\"proto2\",\"fields\":{\"name\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"task_id\":{\"rule\":\"required\",\"type\":\"TaskID\",\"id\":2},\"agent_id\":{\"rule\":\"required\",\"type\":\"AgentID\",\"id\":3},\"resources\":{\"rule\":\"repeated\",\"type\":\"Resource\",\"id\":4},\"executor\":{\"type\":\"ExecutorInfo\",\"id\":5},\"command\":{\"type\":\"CommandInfo\",\"id\":7},\"container\":{\"type\":\"ContainerInfo\",\"id\":9},\"health_check\":{\"type\":\"HealthCheck\",\"id\":8},\"check\":{\"type\":\"CheckInfo\",\"id\":13},\"kill_policy\":{\"type\":\"KillPolicy\",\"id\":12},\"data\":{\"type\":\"bytes\",\"id\":6},\"labels\":{\"type\":\"Labels\",\"id\":10},\"discovery\":{\"type\":\"DiscoveryInfo\",\"id\":11},\"max_completion_time\":{\"type\":\"DurationInfo\",\"id\":14},\"limits\":{\"keyType\":\"string\",\"type\":\"Value.Scalar\",\"id\":15}}},\"TaskGroupInfo\":{\"edition\":\"proto2\",\"fields\":{\"tasks\":{\"rule\":\"repeated\",\"type\":\"TaskInfo\",\"id\":1}}},\"TaskResourceLimitation\":{\"edition\":\"proto2\",\"fields\":{\"resources\":{\"rule\":\"repeated\",\"type\":\"Resource\",\"id\":1}}},\"UUID\":{\"edition\":\"proto2\",\"fields\":{\"value\":{\"rule\":\"required\",\"type\":\"bytes\",\"id\":1}}},\"OperationStatus\":{\"edition\":\"proto2\",\"fields\":{\"operation_id\":{\"type\":\"OperationID\",\"id\":1},\"state\":{\"rule\":\"required\",\"type\":\"OperationState\",\"id\":2},\"message\":{\"type\":\"string\",\"id\":3},\"converted_resources\":{\"rule\":\"repeated\",\"type\":\"Resource\",\"id\":4},\"uuid\":{\"type\":\"UUID\",\"id\":5},\"agent_id\":{\"type\":\"AgentID\",\"id\":6},\"resource_provider_id\":{\"type\":\"ResourceProviderID\",\"id\":7}}},\"CheckStatusInfo\":{\"edition\":\"proto2\",\"fields\":{\"type\":{\"type\":\"CheckInfo.Type\",\"id\":1},\"command\":{\"type\":\"CheckStatusInfo.Command\",\"id\":2},\"http\":{\"type\":\"CheckStatusInfo.Http\",\"id\":3},\"tcp\":{\"type\":\"CheckStatusInfo.Tcp\",\"id\":4}},\"nested\":{\"Command\":{\"fields\":{\"exit_code\":{\"type\":\"int32\",\"id\":1}}},\"Http\":{\"fields\":{\"status_code\":{\"type\":\"uint32\",\"id\":1}}},\"Tcp\":{\"fields\":{\"succeeded\":{\"type\":\"bool\",\"id\":1}}}}},\"TaskStatus\":{\"edition\":\"proto2\",\"fields\":{\"task_id\":{\"rule\":\"required\",\"type\":\"TaskID\",\"id\":1},\"state\":{\"rule\":\"required\",\"type\":\"TaskState\",\"id\":2},\"message\":{\"type\":\"string\",\"id\":4},\"source\":{\"type\":\"TaskStatus.Source\",\"id\":9},\"reason\":{\"type\":\"TaskStatus.Reason\",\"id\":10},\"data\":{\"type\":\"bytes\",\"id\":3},\"agent_id\":{\"type\":\"AgentID\",\"id\":5},\"executor_id\":{\"type\":\"ExecutorID\",\"id\":7},\"timestamp\":{\"type\":\"double\",\"id\":6},\"uuid\":{\"type\":\"bytes\",\"id\":11},\"healthy\":{\"type\":\"bool\",\"id\":8},\"check_status\":{\"type\":\"CheckStatusInfo\",\"id\":15},\"labels\":{\"type\":\"Labels\",\"id\":12},\"container_status\":{\"type\":\"ContainerStatus\",\"id\":13},\"unreachable_time\":{\"type\":\"TimeInfo\",\"id\":14},\"limitation\":{\"type\":\"TaskResourceLimitation\",\"id\":16}},\"nested\":{\"Source\":{\"values\":{\"SOURCE_MASTER\":0,\"SOURCE_AGENT\":1,\"SOURCE_EXECUTOR\":2}},\"Reason\":{\"values\":{\"REASON_COMMAND_EXECUTOR_FAILED\":0,\"REASON_CONTAINER_LAUNCH_FAILED\":21,\"REASON_CONTAINER_LIMITATION\":19,\"REASON_CONTAINER_LIMITATION_DISK\":20,\"REASON_CONTAINER_LIMITATION_MEMORY\":8,\"REASON_CONTAINER_PREEMPTED\":17,\"REASON_CONTAINER_UPDATE_FAILED\":22,\"REASON_MAX_COMPLETION_TIME_REACHED\":33,\"REASON_EXECUTOR_REGISTRATION_TIMEOUT\":23,\"REASON_EXECUTOR_REREGISTRATION_TIMEOUT\":24,\"REASON_EXECUTOR_TERMINATED\":1,\"REASON_EXECUTOR_UNREGISTERED\":2,\"REASON_FRAMEWORK_REMOVED\":3,\"REASON_GC_ERROR\":4,\"REASON_INVALID_FRAMEWORKID\":5,\"REASON_INVALID_OFFERS\":6,\"REASON_IO_SWITCHBOARD_EXITED\":27,\"REASON_MASTER_DISCONNECTED\":7,\"REASON_RECONCILIATION\":9,\"REASON_RESOURCES_UNKNOWN\":18,\"REASON_AGENT_DISCONNECTED\":10,\"REASON_AGENT_DRAINING\":34,\"REASON_AGENT_REMOVED\":11,\"REASON_AGENT_REMOVED_BY_OPERATOR\":31,\"REASON_AGENT_REREGISTERED\":32,\"REASON_AGENT_RESTARTED\":12,\"REASON_AGENT_UNKNOWN\":13,\"REASON_TASK_KILLED_DURING_LAUNCH\":30,\"REASON_TASK_CHECK_STATUS_UPDATED\":28,\"REASON_TASK_HEALTH_CHECK_STATUS_UPDATED\":29,\"REASON_TASK_GROUP_INVALID\":25,\"REASON_TASK_GROUP_UNAUTHORIZED\":26,\"REASON_TASK_INVALID\":14,\"REASON_TASK_UNAUTHORIZED\":15,\"REASON_TASK_UNKNOWN\":16}}}},\"Filters\":{\"edition\":\"proto2\",\"fields\":{\"refuse_seconds\":{\"type\":\"double\",\"id\":1,\"options\":{\"default\":5}}}},\"Environment\":{\"edition\":\"proto2\",\"fields\":{\"variables\":{\"rule\":\"repeated\",\"type\":\"Environment.Variable\",\"id\":1}},\"nested\":{\"Variable\":{\"fields\":{\"name\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"type\":{\"type\":\"Environment.Variable.Type\",\"id\":3,\"options\":{\"default\":\"VALUE\"}},\"value\":{\"type\":\"string\",\"id\":2},\"secret\":{\"type\":\"Secret\",\"id\":4}},\"nested\":{\"Type\":{\"values\":{\"UNKNOWN\":0,\"VALUE\":1,\"SECRET\":2}}}}}},\"Parameter\":{\"edition\":\"proto2\",\"fields\":{\"key\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"value\":{\"rule\":\"required\",\"type\":\"string\",\"id\":2}}},\"Parameters\":{\"edition\":\"proto2\",\"fields\":{\"parameter\":{\"rule\":\"repeated\",\"type\":\"Parameter\",\"id\":1}}},\"Credential\":{\"edition\":\"proto2\",\"fields\":{\"principal\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"secret\":{\"type\":\"string\",\"id\":2}}},\"Secret\":{\"edition\":\"proto2\",\"fields\":{\"type\":{\"type\":\"Secret.Type\",\"id\":1},\"reference\":{\"type\":\"Secret.Reference\",\"id\":2},\"value\":{\"type\":\"Secret.Value\",\"id\":3}},\"nested\":{\"Type\":{\"values\":{\"UNKNOWN\":0,\"REFERENCE\":1,\"VALUE\":2}},\"Reference\":{\"fields\":{\"name\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"key\":{\"type\":\"string\",\"id\":2}}},\"Value\":{\"fields\":{\"data\":{\"rule\":\"required\",\"type\":\"bytes\",\"id\":1}}}}},\"Image\":{\"edition\":\"proto2\",\"fields\":{\"type\":{\"rule\":\"required\",\"type\":\"Image.Type\",\"id\":1},\"appc\":{\"type\":\"Image.Appc\",\"id\":2},\"docker\":{\"type\":\"Image.Docker\",\"id\":3},\"cached\":{\"type\":\"bool\",\"id\":4,\"options\":{\"default\":true}}},\"nested\":{\"Type\":{\"values\":{\"APPC\":1,\"DOCKER\":2}},\"Appc\":{\"fields\":{\"name\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"id\":{\"type\":\"string\",\"id\":2},\"labels\":{\"type\":\"Labels\",\"id\":3}}},\"Docker\":{\"fields\":{\"name\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"credential\":{\"type\":\"Credential\",\"id\":2,\"options\":{\"deprecated\":true}},\"config\":{\"type\":\"Secret\",\"id\":3}}}}},\"MountPropagation\":{\"edition\":\"proto2\",\"fields\":{\"mode\":{\"type\":\"MountPropagation.Mode\",\"id\":1}},\"nested\":{\"Mode\":{\"values\":{\"UNKNOWN\":0,\"HOST_TO_CONTAINER\":1,\"BIDIRECTIONAL\":2}}}},\"Volume\":{\"edition\":\"proto2\",\"fields\":{\"mode\":{\"rule\":\"required\",\"type\":\"Volume.Mode\",\"id\":3},\"container_path\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"host_path\":{\"type\":\"string\",\"id\":2},\"image\":{\"type\":\"Image\",\"id\":4},\"source\":{\"type\":\"Volume.Source\",\"id\":5}},\"nested\":{\"Mode\":{\"values\":{\"RW\":1,\"RO\":2}},\"Source\":{\"fields\":{\"type\":{\"type\":\"Volume.Source.Type\",\"id\":1},\"docker_volume\":{\"type\":\"Volume.Source.DockerVolume\",\"id\":2},\"host_path\":{\"type\":\"Volume.Source.HostPath\",\"id\":5},\"sandbox_path\":{\"type\":\"Volume.Source.SandboxPath\",\"id\":3},\"secret\":{\"type\":\"Secret\",\"id\":4},\"csi_volume\":{\"type\":\"Volume.Source.CSIVolume\",\"id\":6}},\"nested\":{\"Type\":{\"values\":{\"UNKNOWN\":0,\"DOCKER_VOLUME\":1,\"HOST_PATH\":4,\"SANDBOX_PATH\":2,\"SECRET\":3,\"CSI_VOLUME\":5}},\"DockerVolume\":{\"fields\":{\"driver\":{\"type\":\"string\",\"id\":1},\"name\":{\"rule\":\"required\",\"type\":\"string\",\"id\":2},\"driver_options\":{\"type\":\"Parameters\",\"id\":3}}},\"HostPath\":{\"fields\":{\"path\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"mount_propagation\":{\"type\":\"MountPropagation\",\"id\":2}}},\"SandboxPath\":{\"fields\":{\"type\":{\"type\":\"Volume.Source.SandboxPath.Type\",\"id\":1},\"path\":{\"rule\":\"required\",\"type\":\"string\",\"id\":2}},\"nested\":{\"Type\":{\"values\":{\"UNKNOWN\":0,\"SELF\":1,\"PARENT\":2}}}},\"CSIVolume\":{\"fields\":{\"plugin_name\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"static_provisioning\":{\"type\":\"Volume.Source.CSIVolume.StaticProvisioning\",\"id\":2}},\"nested\":{\"VolumeCapability\":{\"fields\":{\"block\":{\"type\":\"Volume.Source.CSIVolume.VolumeCapability.BlockVolume\",\"id\":1},\"mount\":{\"type\":\"Volume.Source.CSIVolume.VolumeCapability.MountVolume\",\"id\":2},\"access_mode\":{\"rule\":\"required\",\"type\":\"Volume.Source.CSIVolume.VolumeCapability.AccessMode\",\"id\":3}},\"nested\":{\"BlockVolume\":{\"fields\":{}},\"MountVolume\":{\"fields\":{\"fs_type\":{\"type\":\"string\",\"id\":1},\"mount_flags\":{\"rule\":\"repeated\",\"type\":\"string\",\"id\":2}}},\"AccessMode\":{\"fields\":{\"mode\":{\"rule\":\"required\",\"type\":\"Volume.Source.CSIVolume.VolumeCapability.AccessMode.Mode\",\"id\":1}},\"nested\":{\"Mode\":{\"values\":{\"UNKNOWN\":0,\"SINGLE_NODE_WRITER\":1,\"SINGLE_NODE_READER_ONLY\":2,\"MULTI_NODE_READER_ONLY\":3,\"MULTI_NODE_SINGLE_WRITER\":4,\"MULTI_NODE_MULTI_WRITER\":5}}}}}},\"StaticProvisioning\":{\"fields\":{\"volume_id\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"volume_capability\":{\"rule\":\"required\",\"type\":\"Volume.Source.CSIVolume.VolumeCapability\",\"id\":2},\"node_stage_secrets\":{\"keyType\":\"string\",\"type\":\"Secret\",\"id\":3},\"node_publish_secrets\":{\"keyType\":\"string\",\"type\":\"Secret\",\"id\":4},\"volume_context\":{\"keyType\":\"string\",\"type\":\"string\",\"id\":5}}}}}}}}},\"NetworkInfo\":{\"edition\":\"proto2\",\"fields\":{\"ip_addresses\":{\"rule\":\"repeated\",\"type\":\"NetworkInfo.IPAddress\",\"id\":5},\"name\":{\"type\":\"string\",\"id\":6},\"groups\":{\"rule\":\"repeated\",\"type\":\"string\",\"id\":3},\"labels\":{\"type\":\"Labels\",\"id\":4},\"port_mappings\":{\"rule\":\"repeated\",\"type\":\"NetworkInfo.PortMapping\",\"id\":7}},\"nested\":{\"Protocol\":{\"values\":{\"IPv4\":1,\"IPv6\":2}},\"IPAddress\":{\"fields\":{\"protocol\":{\"type\":\"NetworkInfo.Protocol\",\"id\":1,\"options\":{\"default\":\"IPv4\"}},\"ip_address\":{\"type\":\"string\",\"id\":2}}},\"PortMapping\":{\"fields\":{\"host_port\":{\"rule\":\"required\",\"type\":\"uint32\",\"id\":1},\"container_port\":{\"rule\":\"required\",\"type\":\"uint32\",\"id\":2},\"protocol\":{\"type\":\"string\",\"id\":3}}}}},\"CapabilityInfo\":{\"edition\":\"proto2\",\"fields\":{\"capabilities\":{\"rule\":\"repeated\",\"type\":\"CapabilityInfo.Capability\",\"id\":1}},\"nested\":{\"Capability\":{\"values\":{\"UNKNOWN\":0,\"CHOWN\":1000,\"DAC_OVERRIDE\":1001,\"DAC_READ_SEARCH\":1002,\"FOWNER\":1003,\"FSETID\":1004,\"KILL\":1005,\"SETGID\":1006,\"SETUID\":1007,\"SETPCAP\":1008,\"LINUX_IMMUTABLE\":1009,\"NET_BIND_SERVICE\":1010,\"NET_BROADCAST\":1011,\"NET_ADMIN\":1012,\"NET_RAW\":1013,\"IPC_LOCK\":1014,\"IPC_OWNER\":1015,\"SYS_MODULE\":1016,\"SYS_RAWIO\":1017,\"SYS_CHROOT\":1018,\"SYS_PTRACE\":1019,\"SYS_PACCT\":1020,\"SYS_ADMIN\":1021,\"SYS_BOOT\":1022,\"SYS_NICE\":1023,\"SYS_RESOURCE\":1024,\"SYS_TIME\":1025,\"SYS_TTY_CONFIG\":1026,\"MKNOD\":1027,\"LEASE\":1028,\"AUDIT_WRITE\":1029,\"AUDIT_CONTROL\":1030,\"SETFCAP\":1031,\"MAC_OVERRIDE\":1032,\"MAC_ADMIN\":1033,\"SYSLOG\":1034,\"WAKE_ALARM\":1035,\"BLOCK_SUSPEND\":1036,\"AUDIT_READ\":1037,\"PERFMON\":1038,\"BPF\":1039,\"CHECKPOINT_RESTORE\":1040}}}},\"SeccompInfo\":{\"edition\":\"proto2\",\"fields\":{\"profile_name\":{\"type\":\"string\",\"id\":1},\"unconfined\":{\"type\":\"bool\",\"id\":2}}},\"LinuxInfo\":{\"edition\":\"proto2\",\"fields\":{\"capability_info\":{\"type\":\"CapabilityInfo\",\"id\":1,\"options\":{\"deprecated\":true}},\"bounding_capabilities\":{\"type\":\"CapabilityInfo\",\"id\":2},\"effective_capabilities\":{\"type\":\"CapabilityInfo\",\"id\":3},\"share_pid_namespace\":{\"type\":\"bool\",\"id\":4},\"seccomp\":{\"type\":\"SeccompInfo\",\"id\":5},\"ipc_mode\":{\"type\":\"LinuxInfo.IpcMode\",\"id\":6},\"shm_size\":{\"type\":\"uint32\",\"id\":7},\"share_cgroups\":{\"type\":\"bool\",\"id\":8,\"options\":{\"default\":true}}},\"nested\":{\"IpcMode\":{\"values\":{\"UNKNOWN\":0,\"PRIVATE\":1,\"SHARE_PARENT\":2}}}},\"RLimitInfo\":{\"edition\":\"proto2\",\"fields\":{\"rlimits\":{\"rule\":\"repeated\",\"type\":\"RLimitInfo.RLimit\",\"id\":1}},\"nested\":{\"RLimit\":{\"fields\":{\"type\":{\"type\":\"RLimitInfo.RLimit.Type\",\"id\":1},\"hard\":{\"type\":\"uint64\",\"id\":2},\"soft\":{\"type\":\"uint64\",\"id\":3}},\"nested\":{\"Type\":{\"values\":{\"UNKNOWN\":0,\"RLMT_AS\":1,\"RLMT_CORE\":2,\"RLMT_CPU\":3,\"RLMT_DATA\":4,\"RLMT_FSIZE\":5,\"RLMT_LOCKS\":6,\"RLMT_MEMLOCK\":7,\"RLMT_MSGQUEUE\":8,\"RLMT_NICE\":9,\"RLMT_NOFILE\":10,\"RLMT_NPROC\":11,\"RLMT_RSS\":12,\"RLMT_RTPRIO\":13,\"RLMT_RTTIME\":14,\"RLMT_SIGPENDING\":15,\"RLMT_STACK\":16}}}}}},\"TTYInfo\":{\"edition\":\"proto2\",\"fields\":{\"window_size\":{\"type\":\"TTYInfo.WindowSize\",\"id\":1}},\"nested\":{\"WindowSize\":{\"fields\":{\"rows\":{\"rule\":\"required\",\"type\":\"uint32\",\"id\":1},\"columns\":{\"rule\":\"required\",\"type\":\"uint32\",\"id\":2}}}}},\"ContainerInfo\":{\"edition\":\"proto2\",\"fields\":{\"type\":{\"rule\":\"required\",\"type\":\"ContainerInfo.Type\",\"id\":1},\"volumes\":{\"rule\":\"repeated\",\"type\":\"Volume\",\"id\":2},\"hostname\":{\"type\":\"string\",\"id\":4},\"docker\":{\"type\":\"ContainerInfo.DockerInfo\",\"id\":3},\"mesos\":{\"type\":\"ContainerInfo.MesosInfo\",\"id\":5},\"network_infos\":{\"rule\":\"repeated\",\"type\":\"NetworkInfo\",\"id\":7},\"linux_info\":{\"type\":\"LinuxInfo\",\"id\":8},\"rlimit_info\":{\"type\":\"RLimitInfo\",\"id\":9},\"tty_info\":{\"type\":\"TTYInfo\",\"id\":10}},\"nested\":{\"Type\":{\"values\":{\"DOCKER\":1,\"MESOS\":2}},\"DockerInfo\":{\"fields\":{\"image\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"network\":{\"type\":\"ContainerInfo.DockerInfo.Network\",\"id\":2,\"options\":{\"default\":\"HOST\"}},\"port_mappings\":{\"rule\":\"repeated\",\"type\":\"ContainerInfo.DockerInfo.PortMapping\",\"id\":3},\"privileged\":{\"type\":\"bool\",\"id\":4,\"options\":{\"default\":false}},\"parameters\":{\"rule\":\"repeated\",\"type\":\"Parameter\",\"id\":5},\"force_pull_image\":{\"type\":\"bool\",\"id\":6},\"volume_driver\":{\"type\":\"string\",\"id\":7,\"options\":{\"deprecated\":true}}},\"nested\":{\"Network\":{\"values\":{\"HOST\":1,\"BRIDGE\":2,\"NONE\":3,\"USER\":4}},\"PortMapping\":{\"fields\":{\"host_port\":{\"rule\":\"required\",\"type\":\"uint32\",\"id\":1},\"container_port\":{\"rule\":\"required\",\"type\":\"uint32\",\"id\":2},\"protocol\":{\"type\":\"string\",\"id\":3}}}}},\"MesosInfo\":{\"fields\":{\"image\":{\"type\":\"Image\",\"id\":1}}}}},\"ContainerStatus\":{\"edition\":\"proto2\",\"fields\":{\"container_id\":{\"type\":\"ContainerID\",\"id\":4},\"network_infos\":{\"rule\":\"repeated\",\"type\":\"NetworkInfo\",\"id\":1},\"cgroup_info\":{\"type\":\"CgroupInfo\",\"id\":2},\"executor_pid\":{\"type\":\"uint32\",\"id\":3}}},\"CgroupInfo\":{\"edition\":\"proto2\",\"fields\":{\"net_cls\":{\"type\":\"CgroupInfo.NetCls\",\"id\":1}},\"nested\":{\"NetCls\":{\"fields\":{\"classid\":{\"type\":\"uint32\",\"id\":1}}}}},\"Labels\":{\"edition\":\"proto2\",\"fields\":{\"labels\":{\"rule\":\"repeated\",\"type\":\"Label\",\"id\":1}}},\"Label\":{\"edition\":\"proto2\",\"fields\":{\"key\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1},\"value\":{\"type\":\"string\",\"id\":2}}},\"Port\":{\"edition\":\"proto2\",\"fields\":{\"number\":{\"rule\":\"required\",\"type\":\"uint32\",\"id\":1},\"name\":{\"type\":\"string\",\"id\":2},\"protocol\":{\"type\":\"string\",\"id\":3},\"visibility\":{\"type\":\"DiscoveryInfo.Visibility\",\"id\":4},\"labels\":{\"type\":\"Labels\",\"id\":5}}},\"Ports\":{\"edition\":\"proto2\",\"fields\":{\"ports\":{\"rule\":\"repeated\",\"type\":\"Port\",\"id\":1}}},\"DiscoveryInfo\":{\"edition\":\"proto2\",\"fields\":{\"visibility\":{\"rule\":\"required\",\"type\":\"DiscoveryInfo.Visibility\",\"id\":1},\"name\":{\"type\":\"string\",\"id\":2},\"environment\":{\"type\":\"string\",\"id\":3},\"location\":{\"type\":\"string\",\"id\":4},\"version\":{\"type\":\"string\",\"id\":5},\"ports\":{\"type\":\"Ports\",\"id\":6},\"labels\":{\"type\":\"Labels\",\"id\":7}},\"nested\":{\"Visibility\":{\"values\":{\"FRAMEWORK\":0,\"CLUSTER\":1,\"EXTERNAL\":2}}}},\"scheduler\":{\"nested\":{\"Event\":{\"edition\":\"proto2\",\"fields\":{\"type\":{\"type\":\"Event.Type\",\"id\":1},\"subscribed\":{\"type\":\"Event.Subscribed\",\"id\":2},\"offers\":{\"type\":\"Event.Offers\",\"id\":3},\"inverse_offers\":{\"type\":\"Event.InverseOffers\",\"id\":9},\"rescind\":{\"type\":\"Event.Rescind\",\"id\":4},\"rescind_inverse_offer\":{\"type\":\"Event.RescindInverseOffer\",\"id\":10},\"update\":{\"type\":\"Event.Update\",\"id\":5},\"update_operation_status\":{\"type\":\"Event.UpdateOperationStatus\",\"id\":11},\"message\":{\"type\":\"Event.Message\",\"id\":6},\"failure\":{\"type\":\"Event.Failure\",\"id\":7},\"error\":{\"type\":\"Event.Error\",\"id\":8}},\"nested\":{\"Type\":{\"values\":{\"UNKNOWN\":0,\"SUBSCRIBED\":1,\"OFFERS\":2,\"INVERSE_OFFERS\":9,\"RESCIND\":3,\"RESCIND_INVERSE_OFFER\":10,\"UPDATE\":4,\"UPDATE_OPERATION_STATUS\":11,\"MESSAGE\":5,\"FAILURE\":6,\"ERROR\":7,\"HEARTBEAT\":8}},\"Subscribed\":{\"fields\":{\"framework_id\":{\"rule\":\"required\",\"type\":\"mesos.v1.FrameworkID\",\"id\":1},\"heartbeat_interval_seconds\":{\"type\":\"double\",\"id\":2},\"master_info\":{\"type\":\"mesos.v1.MasterInfo\",\"id\":3}}},\"Offers\":{\"fields\":{\"offers\":{\"rule\":\"repeated\",\"type\":\"mesos.v1.Offer\",\"id\":1}}},\"InverseOffers\":{\"fields\":{\"inverse_offers\":{\"rule\":\"repeated\",\"type\":\"mesos.v1.InverseOffer\",\"id\":1}}},\"Rescind\":{\"fields\":{\"offer_id\":{\"rule\":\"required\",\"type\":\"mesos.v1.OfferID\",\"id\":1}}},\"RescindInverseOffer\":{\"fields\":{\"inverse_offer_id\":{\"rule\":\"required\",\"type\":\"mesos.v1.OfferID\",\"id\":1}}},\"Update\":{\"fields\":{\"status\":{\"rule\":\"required\",\"type\":\"mesos.v1.TaskStatus\",\"id\":1}}},\"UpdateOperationStatus\":{\"fields\":{\"status\":{\"rule\":\"required\",\"type\":\"mesos.v1.OperationStatus\",\"id\":1}}},\"Message\":{\"fields\":{\"agent_id\":{\"rule\":\"required\",\"type\":\"mesos.v1.AgentID\",\"id\":1},\"executor_id\":{\"rule\":\"required\",\"type\":\"mesos.v1.ExecutorID\",\"id\":2},\"data\":{\"rule\":\"required\",\"type\":\"bytes\",\"id\":3}}},\"Failure\":{\"fields\":{\"agent_id\":{\"type\":\"mesos.v1.AgentID\",\"id\":1},\"executor_id\":{\"type\":\"mesos.v1.ExecutorID\",\"id\":2},\"status\":{\"type\":\"int32\",\"id\":3}}},\"Error\":{\"fields\":{\"message\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1}}}}},\"AttributeConstraint\":{\"edition\":\"proto2\",\"fields\":{\"selector\":{\"rule\":\"required\",\"type\":\"AttributeConstraint.Selector\",\"id\":1},\"predicate\":{\"rule\":\"required\",\"type\":\"AttributeConstraint.Predicate\",\"id\":2}},\"nested\":{\"Selector\":{\"fields\":{\"pseudoattribute_type\":{\"type\":\"AttributeConstraint.Selector.PseudoattributeType\",\"id\":1},\"attribute_name\":{\"type\":\"string\",\"id\":2}},\"nested\":{\"PseudoattributeType\":{\"values\":{\"UNKNOWN\":0,\"HOSTNAME\":1,\"REGION\":2,\"ZONE\":3}}}},\"Predicate\":{\"fields\":{\"exists\":{\"type\":\"AttributeConstraint.Predicate.Exists\",\"id\":1},\"not_exists\":{\"type\":\"AttributeConstraint.Predicate.NotExists\",\"id\":2},\"text_equals\":{\"type\":\"AttributeConstraint.Predicate.TextEquals\",\"id\":3},\"text_not_equals\":{\"type\":\"AttributeConstraint.Predicate.TextNotEquals\",\"id\":4},\"text_matches\":{\"type\":\"AttributeConstraint.Predicate.TextMatches\",\"id\":5},\"text_not_matches\":{\"type\":\"AttributeConstraint.Predicate.TextNotMatches\",\"id\":6}},\"nested\":{\"Exists\":{\"fields\":{}},\"NotExists\":{\"fields\":{}},\"TextEquals\":{\"fields\":{\"value\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1}}},\"TextNotEquals\":{\"fields\":{\"value\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1}}},\"TextMatches\":{\"fields\":{\"regex\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1}}},\"TextNotMatches\":{\"fields\":{\"regex\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1}}}}}}},\"OfferConstraints\":{\"edition\":\"proto2\",\"fields\":{\"role_constraints\":{\"keyType\":\"string\",\"type\":\"OfferConstraints.RoleConstraints\",\"id\":1}},\"nested\":{\"RoleConstraints\":{\"fields\":{\"groups\":{\"rule\":\"repeated\",\"type\":\"OfferConstraints.RoleConstraints.Group\",\"id\":1}},\"nested\":{\"Group\":{\"fields\":{\"attribute_constraints\":{\"rule\":\"repeated\",\"type\":\"AttributeConstraint\",\"id\":1}}}}}}},\"Call\":{\"edition\":\"proto2\",\"fields\":{\"framework_id\":{\"type\":\"mesos.v1.FrameworkID\",\"id\":1},\"type\":{\"type\":\"Call.Type\",\"id\":2},\"subscribe\":{\"type\":\"Call.Subscribe\",\"id\":3},\"accept\":{\"type\":\"Call.Accept\",\"id\":4},\"decline\":{\"type\":\"Call.Decline\",\"id\":5},\"accept_inverse_offers\":{\"type\":\"Call.AcceptInverseOffers\",\"id\":13},\"decline_inverse_offers\":{\"type\":\"Call.DeclineInverseOffers\",\"id\":14},\"revive\":{\"type\":\"Call.Revive\",\"id\":15},\"kill\":{\"type\":\"Call.Kill\",\"id\":6},\"shutdown\":{\"type\":\"Call.Shutdown\",\"id\":7},\"acknowledge\":{\"type\":\"Call.Acknowledge\",\"id\":8},\"acknowledge_operation_status\":{\"type\":\"Call.AcknowledgeOperationStatus\",\"id\":17},\"reconcile\":{\"type\":\"Call.Reconcile\",\"id\":9},\"reconcile_operations\":{\"type\":\"Call.ReconcileOperations\",\"id\":18},\"message\":{\"type\":\"Call.Message\",\"id\":10},\"request\":{\"type\":\"Call.Request\",\"id\":11},\"suppress\":{\"type\":\"Call.Suppress\",\"id\":16},\"update_framework\":{\"type\":\"Call.UpdateFramework\",\"id\":19}},\"nested\":{\"Type\":{\"values\":{\"UNKNOWN\":0,\"SUBSCRIBE\":1,\"TEARDOWN\":2,\"ACCEPT\":3,\"DECLINE\":4,\"ACCEPT_INVERSE_OFFERS\":13,\"DECLINE_INVERSE_OFFERS\":14,\"REVIVE\":5,\"KILL\":6,\"SHUTDOWN\":7,\"ACKNOWLEDGE\":8,\"ACKNOWLEDGE_OPERATION_STATUS\":15,\"RECONCILE\":9,\"RECONCILE_OPERATIONS\":16,\"MESSAGE\":10,\"REQUEST\":11,\"SUPPRESS\":12,\"UPDATE_FRAMEWORK\":17}},\"Subscribe\":{\"fields\":{\"framework_info\":{\"rule\":\"required\",\"type\":\"mesos.v1.FrameworkInfo\",\"id\":1},\"suppressed_roles\":{\"rule\":\"repeated\",\"type\":\"string\",\"id\":2},\"offer_constraints\":{\"type\":\"OfferConstraints\",\"id\":3}}},\"Accept\":{\"fields\":{\"offer_ids\":{\"rule\":\"repeated\",\"type\":\"mesos.v1.OfferID\",\"id\":1},\"operations\":{\"rule\":\"repeated\",\"type\":\"mesos.v1.Offer.Operation\",\"id\":2},\"filters\":{\"type\":\"mesos.v1.Filters\",\"id\":3}}},\"Decline\":{\"fields\":{\"offer_ids\":{\"rule\":\"repeated\",\"type\":\"mesos.v1.OfferID\",\"id\":1},\"filters\":{\"type\":\"mesos.v1.Filters\",\"id\":2}}},\"AcceptInverseOffers\":{\"fields\":{\"inverse_offer_ids\":{\"rule\":\"repeated\",\"type\":\"mesos.v1.OfferID\",\"id\":1},\"filters\":{\"type\":\"mesos.v1.Filters\",\"id\":2}}},\"DeclineInverseOffers\":{\"fields\":{\"inverse_offer_ids\":{\"rule\":\"repeated\",\"type\":\"mesos.v1.OfferID\",\"id\":1},\"filters\":{\"type\":\"mesos.v1.Filters\",\"id\":2}}},\"Revive\":{\"fields\":{\"roles\":{\"rule\":\"repeated\",\"type\":\"string\",\"id\":1}}},\"Kill\":{\"fields\":{\"task_id\":{\"rule\":\"required\",\"type\":\"mesos.v1.TaskID\",\"id\":1},\"agent_id\":{\"type\":\"mesos.v1.AgentID\",\"id\":2},\"kill_policy\":{\"type\":\"mesos.v1.KillPolicy\",\"id\":3}}},\"Shutdown\":{\"fields\":{\"executor_id\":{\"rule\":\"required\",\"type\":\"mesos.v1.ExecutorID\",\"id\":1},\"agent_id\":{\"rule\":\"required\",\"type\":\"mesos.v1.AgentID\",\"id\":2}}},\"Acknowledge\":{\"fields\":{\"agent_id\":{\"rule\":\"required\",\"type\":\"mesos.v1.AgentID\",\"id\":1},\"task_id\":{\"rule\":\"required\",\"type\":\"mesos.v1.TaskID\",\"id\":2},\"uuid\":{\"rule\":\"required\",\"type\":\"bytes\",\"id\":3}}},\"AcknowledgeOperationStatus\":{\"fields\":{\"agent_id\":{\"type\":\"mesos.v1.AgentID\",\"id\":1},\"resource_provider_id\":{\"type\":\"mesos.v1.ResourceProviderID\",\"id\":2},\"uuid\":{\"rule\":\"required\",\"type\":\"bytes\",\"id\":3},\"operation_id\":{\"rule\":\"required\",\"type\":\"mesos.v1.OperationID\",\"id\":4}}},\"Reconcile\":{\"fields\":{\"tasks\":{\"rule\":\"repeated\",\"type\":\"Call.Reconcile.Task\",\"id\":1}},\"nested\":{\"Task\":{\"fields\":{\"task_id\":{\"rule\":\"required\",\"type\":\"mesos.v1.TaskID\",\"id\":1},\"agent_id\":{\"type\":\"mesos.v1.AgentID\",\"id\":2}}}}},\"ReconcileOperations\":{\"fields\":{\"operations\":{\"rule\":\"repeated\",\"type\":\"Call.ReconcileOperations.Operation\",\"id\":1}},\"nested\":{\"Operation\":{\"fields\":{\"operation_id\":{\"rule\":\"required\",\"type\":\"mesos.v1.OperationID\",\"id\":1},\"agent_id\":{\"type\":\"mesos.v1.AgentID\",\"id\":2},\"resource_provider_id\":{\"type\":\"mesos.v1.ResourceProviderID\",\"id\":3}}}}},\"Message\":{\"fields\":{\"agent_id\":{\"rule\":\"required\",\"type\":\"mesos.v1.AgentID\",\"id\":1},\"executor_id\":{\"rule\":\"required\",\"type\":\"mesos.v1.ExecutorID\",\"id\":2},\"data\":{\"rule\":\"required\",\"type\":\"bytes\",\"id\":3}}},\"Request\":{\"fields\":{\"requests\":{\"rule\":\"repeated\",\"type\":\"mesos.v1.Request\",\"id\":1}}},\"Suppress\":{\"fields\":{\"roles\":{\"rule\":\"repeated\",\"type\":\"string\",\"id\":1}}},\"UpdateFramework\":{\"fields\":{\"framework_info\":{\"rule\":\"required\",\"type\":\"mesos.v1.FrameworkInfo\",\"id\":1},\"suppressed_roles\":{\"rule\":\"repeated\",\"type\":\"string\",\"id\":2},\"offer_constraints\":{\"type\":\"OfferConstraints\",\"id\":3}}}}}}},\"executor\":{\"nested\":{\"Event\":{\"edition\":\"proto2\",\"fields\":{\"type\":{\"type\":\"Event.Type\",\"id\":1},\"subscribed\":{\"type\":\"Event.Subscribed\",\"id\":2},\"acknowledged\":{\"type\":\"Event.Acknowledged\",\"id\":3},\"launch\":{\"type\":\"Event.Launch\",\"id\":4},\"launch_group\":{\"type\":\"Event.LaunchGroup\",\"id\":8},\"kill\":{\"type\":\"Event.Kill\",\"id\":5},\"message\":{\"type\":\"Event.Message\",\"id\":6},\"error\":{\"type\":\"Event.Error\",\"id\":7}},\"nested\":{\"Type\":{\"values\":{\"UNKNOWN\":0,\"SUBSCRIBED\":1,\"LAUNCH\":2,\"LAUNCH_GROUP\":8,\"KILL\":3,\"ACKNOWLEDGED\":4,\"MESSAGE\":5,\"ERROR\":6,\"SHUTDOWN\":7,\"HEARTBEAT\":9}},\"Subscribed\":{\"fields\":{\"executor_info\":{\"rule\":\"required\",\"type\":\"mesos.v1.ExecutorInfo\",\"id\":1},\"framework_info\":{\"rule\":\"required\",\"type\":\"mesos.v1.FrameworkInfo\",\"id\":2},\"agent_info\":{\"rule\":\"required\",\"type\":\"mesos.v1.AgentInfo\",\"id\":3},\"container_id\":{\"type\":\"mesos.v1.ContainerID\",\"id\":4}}},\"Launch\":{\"fields\":{\"task\":{\"rule\":\"required\",\"type\":\"mesos.v1.TaskInfo\",\"id\":1}}},\"LaunchGroup\":{\"fields\":{\"task_group\":{\"rule\":\"required\",\"type\":\"mesos.v1.TaskGroupInfo\",\"id\":1}}},\"Kill\":{\"fields\":{\"task_id\":{\"rule\":\"required\",\"type\":\"mesos.v1.TaskID\",\"id\":1},\"kill_policy\":{\"type\":\"mesos.v1.KillPolicy\",\"id\":2}}},\"Acknowledged\":{\"fields\":{\"task_id\":{\"rule\":\"required\",\"type\":\"mesos.v1.TaskID\",\"id\":1},\"uuid\":{\"rule\":\"required\",\"type\":\"bytes\",\"id\":2}}},\"Message\":{\"fields\":{\"data\":{\"rule\":\"required\",\"type\":\"bytes\",\"id\":1}}},\"Error\":{\"fields\":{\"message\":{\"rule\":\"required\",\"type\":\"string\",\"id\":1}}}}},\"Call\":{\"edition\":\"proto2\",\"fields\":{\"executor_id\":{\"rule\":\"required\",\"type\":\"mesos.v1.ExecutorID\",\"id\":1},\"framework_id\":{\"rule\":\"required\",\"type\":\"mesos.v1.FrameworkID\",\"id\":2},\"type\":{\"type\":\"Call.Type\",\"id\":3},\"subscribe\":{\"type\":\"Call.Subscribe\",\"id\":4},\"update\":{\"type\":\"Call.Update\",\"id\":5},\"message\":{\"type\":\"Call.Message\",\"id\":6}},\"nested\":{\"Type\":{\"values\":{\"UNKNOWN\":0,\"SUBSCRIBE\":1,\"UPDATE\":2,\"MESSAGE\":3,\"HEARTBEAT\":4}},\"Subscribe\":{\"fields\":{\"unacknowledged_tasks\":{\"rule\":\"repeated\",\"type\":\"mesos.v1.TaskInfo\",\"id\":1},\"unacknowledged_updates\":{\"rule\":\"repeated\",\"type\":\"Call.Update\",\"id\":2}}},\"Update\":{\"fields\":{\"status\":{\"rule\":\"required\",\"type\":\"mesos.v1.TaskStatus\",\"id\":1}}},\"Message\":{\"fields\":{\"data\":{\"rule\":\"required\",\"type\":\"bytes\",\"id\":2}}}}}}}}}}}}}";
