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
export const DESCRIPTOR = "{\"mesos.v1.TaskState\":{\"TASK_STAGING\":6,\"TASK_STARTING\":0,\"TASK_RUNNING\":1,\"TASK_KILLING\":8,\"TASK_FINISHED\":2,\"TASK_FAILED\":3,\"TASK_KILLED\":4,\"TASK_ERROR\":7,\"TASK_LOST\":5,\"TASK_DROPPED\":9,\"TASK_UNREACHABLE\":10,\"TASK_GONE\":11,\"TASK_GONE_BY_OPERATOR\":12,\"TASK_UNKNOWN\":13},\"mesos.v1.OperationState\":{\"OPERATION_UNSUPPORTED\":0,\"OPERATION_PENDING\":1,\"OPERATION_FINISHED\":2,\"OPERATION_FAILED\":3,\"OPERATION_ERROR\":4,\"OPERATION_DROPPED\":5,\"OPERATION_UNREACHABLE\":6,\"OPERATION_GONE_BY_OPERATOR\":7,\"OPERATION_RECOVERING\":8,\"OPERATION_UNKNOWN\":9},\"mesos.v1.FrameworkID\":[[\"value\",1,\"string\",\"required\"]],\"mesos.v1.OfferID\":[[\"value\",1,\"string\",\"required\"]],\"mesos.v1.AgentID\":[[\"value\",1,\"string\",\"required\"]],\"mesos.v1.TaskID\":[[\"value\",1,\"string\",\"required\"]],\"mesos.v1.ExecutorID\":[[\"value\",1,\"string\",\"required\"]],\"mesos.v1.ContainerID\":[[\"value\",1,\"string\",\"required\"],[\"parent\",2,\"mesos.v1.ContainerID\"]],\"mesos.v1.ResourceProviderID\":[[\"value\",1,\"string\",\"required\"]],\"mesos.v1.OperationID\":[[\"value\",1,\"string\",\"required\"]],\"mesos.v1.TimeInfo\":[[\"nanoseconds\",1,\"int64\",\"required\"]],\"mesos.v1.DurationInfo\":[[\"nanoseconds\",1,\"int64\",\"required\"]],\"mesos.v1.Address\":[[\"hostname\",1,\"string\"],[\"ip\",2,\"string\"],[\"port\",3,\"int32\",\"required\"]],\"mesos.v1.URL\":[[\"scheme\",1,\"string\",\"required\"],[\"address\",2,\"mesos.v1.Address\",\"required\"],[\"path\",3,\"string\"],[\"query\",4,\"mesos.v1.Parameter\",\"repeated\"],[\"fragment\",5,\"string\"]],\"mesos.v1.Unavailability\":[[\"start\",1,\"mesos.v1.TimeInfo\",\"required\"],[\"duration\",2,\"mesos.v1.DurationInfo\"]],\"mesos.v1.FrameworkInfo\":[[\"user\",1,\"string\",\"required\"],[\"name\",2,\"string\",\"required\"],[\"id\",3,\"mesos.v1.FrameworkID\"],[\"failover_timeout\",4,\"double\",\"optional\",{\"default\":0}],[\"checkpoint\",5,\"bool\",\"optional\",{\"default\":false}],[\"role\",6,\"string\",\"optional\",{\"default\":\"*\",\"deprecated\":true}],[\"roles\",12,\"string\",\"repeated\"],[\"hostname\",7,\"string\"],[\"principal\",8,\"string\"],[\"webui_url\",9,\"string\"],[\"capabilities\",10,\"mesos.v1.FrameworkInfo.Capability\",\"repeated\"],[\"labels\",11,\"mesos.v1.Labels\"],[\"offer_filters\",13,\"mesos.v1.OfferFilters\",\"map\"]],\"mesos.v1.FrameworkInfo.Capability\":[[\"type\",1,\"mesos.v1.FrameworkInfo.Capability.Type\"]],\"mesos.v1.FrameworkInfo.Capability.Type\":{\"UNKNOWN\":0,\"REVOCABLE_RESOURCES\":1,\"TASK_KILLING_STATE\":2,\"GPU_RESOURCES\":3,\"SHARED_RESOURCES\":4,\"PARTITION_AWARE\":5,\"MULTI_ROLE\":6,\"RESERVATION_REFINEMENT\":7,\"REGION_AWARE\":8},\"mesos.v1.CheckInfo\":[[\"type\",1,\"mesos.v1.CheckInfo.Type\"],[\"command\",2,\"mesos.v1.CheckInfo.Command\"],[\"http\",3,\"mesos.v1.CheckInfo.Http\"],[\"tcp\",7,\"mesos.v1.CheckInfo.Tcp\"],[\"delay_seconds\",4,\"double\",\"optional\",{\"default\":15}],[\"interval_seconds\",5,\"double\",\"optional\",{\"default\":10}],[\"timeout_seconds\",6,\"double\",\"optional\",{\"default\":20}]],\"mesos.v1.CheckInfo.Type\":{\"UNKNOWN\":0,\"COMMAND\":1,\"HTTP\":2,\"TCP\":3},\"mesos.v1.CheckInfo.Command\":[[\"command\",1,\"mesos.v1.CommandInfo\",\"required\"]],\"mesos.v1.CheckInfo.Http\":[[\"port\",1,\"uint32\",\"required\"],[\"path\",2,\"string\"]],\"mesos.v1.CheckInfo.Tcp\":[[\"port\",1,\"uint32\",\"required\"]],\"mesos.v1.HealthCheck\":[[\"delay_seconds\",2,\"double\",\"optional\",{\"default\":15}],[\"interval_seconds\",3,\"double\",\"optional\",{\"default\":10}],[\"timeout_seconds\",4,\"double\",\"optional\",{\"default\":20}],[\"consecutive_failures\",5,\"uint32\",\"optional\",{\"default\":3}],[\"grace_period_seconds\",6,\"double\",\"optional\",{\"default\":10}],[\"type\",8,\"mesos.v1.HealthCheck.Type\"],[\"command\",7,\"mesos.v1.CommandInfo\"],[\"http\",1,\"mesos.v1.HealthCheck.HTTPCheckInfo\"],[\"tcp\",9,\"mesos.v1.HealthCheck.TCPCheckInfo\"]],\"mesos.v1.HealthCheck.Type\":{\"UNKNOWN\":0,\"COMMAND\":1,\"HTTP\":2,\"TCP\":3},\"mesos.v1.HealthCheck.HTTPCheckInfo\":[[\"protocol\",5,\"mesos.v1.NetworkInfo.Protocol\",\"optional\",{\"default\":\"IPv4\"}],[\"scheme\",3,\"string\"],[\"port\",1,\"uint32\",\"required\"],[\"path\",2,\"string\"],[\"statuses\",4,\"uint32\",\"repeated\"]],\"mesos.v1.HealthCheck.TCPCheckInfo\":[[\"protocol\",2,\"mesos.v1.NetworkInfo.Protocol\",\"optional\",{\"default\":\"IPv4\"}],[\"port\",1,\"uint32\",\"required\"]],\"mesos.v1.KillPolicy\":[[\"grace_period\",1,\"mesos.v1.DurationInfo\"]],\"mesos.v1.CommandInfo\":[[\"uris\",1,\"mesos.v1.CommandInfo.URI\",\"repeated\"],[\"environment\",2,\"mesos.v1.Environment\"],[\"shell\",6,\"bool\",\"optional\",{\"default\":true}],[\"value\",3,\"string\"],[\"arguments\",7,\"string\",\"repeated\"],[\"user\",5,\"string\"]],\"mesos.v1.CommandInfo.URI\":[[\"value\",1,\"string\",\"required\"],[\"executable\",2,\"bool\"],[\"extract\",3,\"bool\",\"optional\",{\"default\":true}],[\"cache\",4,\"bool\"],[\"output_file\",5,\"string\"]],\"mesos.v1.ExecutorInfo\":[[\"type\",15,\"mesos.v1.ExecutorInfo.Type\"],[\"executor_id\",1,\"mesos.v1.ExecutorID\",\"required\"],[\"framework_id\",8,\"mesos.v1.FrameworkID\"],[\"command\",7,\"mesos.v1.CommandInfo\"],[\"container\",11,\"mesos.v1.ContainerInfo\"],[\"resources\",5,\"mesos.v1.Resource\",\"repeated\"],[\"name\",9,\"string\"],[\"source\",10,\"string\",\"optional\",{\"deprecated\":true}],[\"data\",4,\"bytes\"],[\"discovery\",12,\"mesos.v1.DiscoveryInfo\"],[\"shutdown_grace_period\",13,\"mesos.v1.DurationInfo\"],[\"labels\",14,\"mesos.v1.Labels\"]],\"mesos.v1.ExecutorInfo.Type\":{\"UNKNOWN\":0,\"DEFAULT\":1,\"CUSTOM\":2},\"mesos.v1.DomainInfo\":[[\"fault_domain\",1,\"mesos.v1.DomainInfo.FaultDomain\"]],\"mesos.v1.DomainInfo.FaultDomain\":[[\"region\",1,\"mesos.v1.DomainInfo.FaultDomain.RegionInfo\",\"required\"],[\"zone\",2,\"mesos.v1.DomainInfo.FaultDomain.ZoneInfo\",\"required\"]],\"mesos.v1.DomainInfo.FaultDomain.RegionInfo\":[[\"name\",1,\"string\",\"required\"]],\"mesos.v1.DomainInfo.FaultDomain.ZoneInfo\":[[\"name\",1,\"string\",\"required\"]],\"mesos.v1.MasterInfo\":[[\"id\",1,\"string\",\"required\"],[\"ip\",2,\"uint32\",\"required\"],[\"port\",3,\"uint32\",\"required\",{\"default\":5050}],[\"pid\",4,\"string\"],[\"hostname\",5,\"string\"],[\"version\",6,\"string\"],[\"address\",7,\"mesos.v1.Address\"],[\"domain\",8,\"mesos.v1.DomainInfo\"],[\"capabilities\",9,\"mesos.v1.MasterInfo.Capability\",\"repeated\"]],\"mesos.v1.MasterInfo.Capability\":[[\"type\",1,\"mesos.v1.MasterInfo.Capability.Type\"]],\"mesos.v1.MasterInfo.Capability.Type\":{\"UNKNOWN\":0,\"AGENT_UPDATE\":1,\"AGENT_DRAINING\":2,\"QUOTA_V2\":3},\"mesos.v1.AgentInfo\":[[\"hostname\",1,\"string\",\"required\"],[\"port\",8,\"int32\",\"optional\",{\"default\":5051}],[\"resources\",3,\"mesos.v1.Resource\",\"repeated\"],[\"attributes\",5,\"mesos.v1.Attribute\",\"repeated\"],[\"id\",6,\"mesos.v1.AgentID\"],[\"domain\",10,\"mesos.v1.DomainInfo\"]],\"mesos.v1.Value\":[[\"type\",1,\"mesos.v1.Value.Type\",\"required\"],[\"scalar\",2,\"mesos.v1.Value.Scalar\"],[\"ranges\",3,\"mesos.v1.Value.Ranges\"],[\"set\",4,\"mesos.v1.Value.Set\"],[\"text\",5,\"mesos.v1.Value.Text\"]],\"mesos.v1.Value.Type\":{\"SCALAR\":0,\"RANGES\":1,\"SET\":2,\"TEXT\":3},\"mesos.v1.Value.Scalar\":[[\"value\",1,\"double\",\"required\"]],\"mesos.v1.Value.Range\":[[\"begin\",1,\"uint64\",\"required\"],[\"end\",2,\"uint64\",\"required\"]],\"mesos.v1.Value.Ranges\":[[\"range\",1,\"mesos.v1.Value.Range\",\"repeated\"]],\"mesos.v1.Value.Set\":[[\"item\",1,\"string\",\"repeated\"]],\"mesos.v1.Value.Text\":[[\"value\",1,\"string\",\"required\"]],\"mesos.v1.Attribute\":[[\"name\",1,\"string\",\"required\"],[\"type\",2,\"mesos.v1.Value.Type\",\"required\"],[\"scalar\",3,\"mesos.v1.Value.Scalar\"],[\"ranges\",4,\"mesos.v1.Value.Ranges\"],[\"set\",6,\"mesos.v1.Value.Set\"],[\"text\",5,\"mesos.v1.Value.Text\"]],\"mesos.v1.Resource\":[[\"provider_id\",12,\"mesos.v1.ResourceProviderID\"],[\"name\",1,\"string\",\"required\"],[\"type\",2,\"mesos.v1.Value.Type\",\"required\"],[\"scalar\",3,\"mesos.v1.Value.Scalar\"],[\"ranges\",4,\"mesos.v1.Value.Ranges\"],[\"set\",5,\"mesos.v1.Value.Set\"],[\"role\",6,\"string\",\"optional\",{\"default\":\"*\",\"deprecated\":true}],[\"allocation_info\",11,\"mesos.v1.Resource.AllocationInfo\"],[\"reservation\",8,\"mesos.v1.Resource.ReservationInfo\"],[\"reservations\",13,\"mesos.v1.Resource.ReservationInfo\",\"repeated\"],[\"disk\",7,\"mesos.v1.Resource.DiskInfo\"],[\"revocable\",9,\"mesos.v1.Resource.RevocableInfo\"],[\"shared\",10,\"mesos.v1.Resource.SharedInfo\"]],\"mesos.v1.Resource.AllocationInfo\":[[\"role\",1,\"string\"]],\"mesos.v1.Resource.ReservationInfo\":[[\"type\",4,\"mesos.v1.Resource.ReservationInfo.Type\"],[\"role\",3,\"string\"],[\"principal\",1,\"string\"],[\"labels\",2,\"mesos.v1.Labels\"]],\"mesos.v1.Resource.ReservationInfo.Type\":{\"UNKNOWN\":0,\"STATIC\":1,\"DYNAMIC\":2},\"mesos.v1.Resource.DiskInfo\":[[\"persistence\",1,\"mesos.v1.Resource.DiskInfo.Persistence\"],[\"volume\",2,\"mesos.v1.Volume\"],[\"source\",3,\"mesos.v1.Resource.DiskInfo.Source\"]],\"mesos.v1.Resource.DiskInfo.Persistence\":[[\"id\",1,\"string\",\"required\"],[\"principal\",2,\"string\"]],\"mesos.v1.Resource.DiskInfo.Source\":[[\"type\",1,\"mesos.v1.Resource.DiskInfo.Source.Type\",\"required\"],[\"path\",2,\"mesos.v1.Resource.DiskInfo.Source.Path\"],[\"mount\",3,\"mesos.v1.Resource.DiskInfo.Source.Mount\"],[\"vendor\",7,\"string\"],[\"id\",4,\"string\"],[\"metadata\",5,\"mesos.v1.Labels\"],[\"profile\",6,\"string\"]],\"mesos.v1.Resource.DiskInfo.Source.Type\":{\"UNKNOWN\":0,\"PATH\":1,\"MOUNT\":2,\"BLOCK\":3,\"RAW\":4},\"mesos.v1.Resource.DiskInfo.Source.Path\":[[\"root\",1,\"string\"]],\"mesos.v1.Resource.DiskInfo.Source.Mount\":[[\"root\",1,\"string\"]],\"mesos.v1.Resource.RevocableInfo\":[],\"mesos.v1.Resource.SharedInfo\":[],\"mesos.v1.OfferFilters\":[[\"min_allocatable_resources\",1,\"mesos.v1.OfferFilters.MinAllocatableResources\"]],\"mesos.v1.OfferFilters.ResourceQuantities\":[[\"quantities\",1,\"mesos.v1.Value.Scalar\",\"map\"]],\"mesos.v1.OfferFilters.MinAllocatableResources\":[[\"quantities\",1,\"mesos.v1.OfferFilters.ResourceQuantities\",\"repeated\"]],\"mesos.v1.Request\":[[\"agent_id\",1,\"mesos.v1.AgentID\"],[\"resources\",2,\"mesos.v1.Resource\",\"repeated\"]],\"mesos.v1.Offer\":[[\"id\",1,\"mesos.v1.OfferID\",\"required\"],[\"framework_id\",2,\"mesos.v1.FrameworkID\",\"required\"],[\"agent_id\",3,\"mesos.v1.AgentID\",\"required\"],[\"hostname\",4,\"string\",\"required\"],[\"url\",8,\"mesos.v1.URL\"],[\"domain\",11,\"mesos.v1.DomainInfo\"],[\"resources\",5,\"mesos.v1.Resource\",\"repeated\"],[\"attributes\",7,\"mesos.v1.Attribute\",\"repeated\"],[\"executor_ids\",6,\"mesos.v1.ExecutorID\",\"repeated\"],[\"unavailability\",9,\"mesos.v1.Unavailability\"],[\"allocation_info\",10,\"mesos.v1.Resource.AllocationInfo\"]],\"mesos.v1.Offer.Operation\":[[\"type\",1,\"mesos.v1.Offer.Operation.Type\"],[\"id\",12,\"mesos.v1.OperationID\"],[\"launch\",2,\"mesos.v1.Offer.Operation.Launch\"],[\"launch_group\",7,\"mesos.v1.Offer.Operation.LaunchGroup\"],[\"reserve\",3,\"mesos.v1.Offer.Operation.Reserve\"],[\"unreserve\",4,\"mesos.v1.Offer.Operation.Unreserve\"],[\"create\",5,\"mesos.v1.Offer.Operation.Create\"],[\"destroy\",6,\"mesos.v1.Offer.Operation.Destroy\"],[\"grow_volume\",13,\"mesos.v1.Offer.Operation.GrowVolume\"],[\"shrink_volume\",14,\"mesos.v1.Offer.Operation.ShrinkVolume\"],[\"create_disk\",15,\"mesos.v1.Offer.Operation.CreateDisk\"],[\"destroy_disk\",16,\"mesos.v1.Offer.Operation.DestroyDisk\"]],\"mesos.v1.Offer.Operation.Type\":{\"UNKNOWN\":0,\"LAUNCH\":1,\"LAUNCH_GROUP\":6,\"RESERVE\":2,\"UNRESERVE\":3,\"CREATE\":4,\"DESTROY\":5,\"GROW_VOLUME\":11,\"SHRINK_VOLUME\":12,\"CREATE_DISK\":13,\"DESTROY_DISK\":14},\"mesos.v1.Offer.Operation.Launch\":[[\"task_infos\",1,\"mesos.v1.TaskInfo\",\"repeated\"]],\"mesos.v1.Offer.Operation.LaunchGroup\":[[\"executor\",1,\"mesos.v1.ExecutorInfo\",\"required\"],[\"task_group\",2,\"mesos.v1.TaskGroupInfo\",\"required\"]],\"mesos.v1.Offer.Operation.Reserve\":[[\"source\",2,\"mesos.v1.Resource\",\"repeated\"],[\"resources\",1,\"mesos.v1.Resource\",\"repeated\"]],\"mesos.v1.Offer.Operation.Unreserve\":[[\"resources\",1,\"mesos.v1.Resource\",\"repeated\"]],\"mesos.v1.Offer.Operation.Create\":[[\"volumes\",1,\"mesos.v1.Resource\",\"repeated\"]],\"mesos.v1.Offer.Operation.Destroy\":[[\"volumes\",1,\"mesos.v1.Resource\",\"repeated\"]],\"mesos.v1.Offer.Operation.GrowVolume\":[[\"volume\",1,\"mesos.v1.Resource\",\"required\"],[\"addition\",2,\"mesos.v1.Resource\",\"required\"]],\"mesos.v1.Offer.Operation.ShrinkVolume\":[[\"volume\",1,\"mesos.v1.Resource\",\"required\"],[\"subtract\",2,\"mesos.v1.Value.Scalar\",\"required\"]],\"mesos.v1.Offer.Operation.CreateDisk\":[[\"source\",1,\"mesos.v1.Resource\",\"required\"],[\"target_type\",2,\"mesos.v1.Resource.DiskInfo.Source.Type\",\"required\"],[\"target_profile\",3,\"string\"]],\"mesos.v1.Offer.Operation.DestroyDisk\":[[\"source\",1,\"mesos.v1.Resource\",\"required\"]],\"mesos.v1.InverseOffer\":[[\"id\",1,\"mesos.v1.OfferID\",\"required\"],[\"url\",2,\"mesos.v1.URL\"],[\"framework_id\",3,\"mesos.v1.FrameworkID\",\"required\"],[\"agent_id\",4,\"mesos.v1.AgentID\"],[\"unavailability\",5,\"mesos.v1.Unavailability\",\"required\"],[\"resources\",6,\"mesos.v1.Resource\",\"repeated\"]],\"mesos.v1.TaskInfo\":[[\"name\",1,\"string\",\"required\"],[\"task_id\",2,\"mesos.v1.TaskID\",\"required\"],[\"agent_id\",3,\"mesos.v1.AgentID\",\"required\"],[\"resources\",4,\"mesos.v1.Resource\",\"repeated\"],[\"executor\",5,\"mesos.v1.ExecutorInfo\"],[\"command\",7,\"mesos.v1.CommandInfo\"],[\"container\",9,\"mesos.v1.ContainerInfo\"],[\"health_check\",8,\"mesos.v1.HealthCheck\"],[\"check\",13,\"mesos.v1.CheckInfo\"],[\"kill_policy\",12,\"mesos.v1.KillPolicy\"],[\"data\",6,\"bytes\"],[\"labels\",10,\"mesos.v1.Labels\"],[\"discovery\",11,\"mesos.v1.DiscoveryInfo\"],[\"max_completion_time\",14,\"mesos.v1.DurationInfo\"],[\"limits\",15,\"mesos.v1.Value.Scalar\",\"map\"]],\"mesos.v1.TaskGroupInfo\":[[\"tasks\",1,\"mesos.v1.TaskInfo\",\"repeated\"]],\"mesos.v1.TaskResourceLimitation\":[[\"resources\",1,\"mesos.v1.Resource\",\"repeated\"]],\"mesos.v1.UUID\":[[\"value\",1,\"bytes\",\"required\"]],\"mesos.v1.OperationStatus\":[[\"operation_id\",1,\"mesos.v1.OperationID\"],[\"state\",2,\"mesos.v1.OperationState\",\"required\"],[\"message\",3,\"string\"],[\"converted_resources\",4,\"mesos.v1.Resource\",\"repeated\"],[\"uuid\",5,\"mesos.v1.UUID\"],[\"agent_id\",6,\"mesos.v1.AgentID\"],[\"resource_provider_id\",7,\"mesos.v1.ResourceProviderID\"]],\"mesos.v1.CheckStatusInfo\":[[\"type\",1,\"mesos.v1.CheckInfo.Type\"],[\"command\",2,\"mesos.v1.CheckStatusInfo.Command\"],[\"http\",3,\"mesos.v1.CheckStatusInfo.Http\"],[\"tcp\",4,\"mesos.v1.CheckStatusInfo.Tcp\"]],\"mesos.v1.CheckStatusInfo.Command\":[[\"exit_code\",1,\"int32\"]],\"mesos.v1.CheckStatusInfo.Http\":[[\"status_code\",1,\"uint32\"]],\"mesos.v1.CheckStatusInfo.Tcp\":[[\"succeeded\",1,\"bool\"]],\"mesos.v1.TaskStatus\":[[\"task_id\",1,\"mesos.v1.TaskID\",\"required\"],[\"state\",2,\"mesos.v1.TaskState\",\"required\"],[\"message\",4,\"string\"],[\"source\",9,\"mesos.v1.TaskStatus.Source\"],[\"reason\",10,\"mesos.v1.TaskStatus.Reason\"],[\"data\",3,\"bytes\"],[\"agent_id\",5,\"mesos.v1.AgentID\"],[\"executor_id\",7,\"mesos.v1.ExecutorID\"],[\"timestamp\",6,\"double\"],[\"uuid\",11,\"bytes\"],[\"healthy\",8,\"bool\"],[\"check_status\",15,\"mesos.v1.CheckStatusInfo\"],[\"labels\",12,\"mesos.v1.Labels\"],[\"container_status\",13,\"mesos.v1.ContainerStatus\"],[\"unreachable_time\",14,\"mesos.v1.TimeInfo\"],[\"limitation\",16,\"mesos.v1.TaskResourceLimitation\"]],\"mesos.v1.TaskStatus.Source\":{\"SOURCE_MASTER\":0,\"SOURCE_AGENT\":1,\"SOURCE_EXECUTOR\":2},\"mesos.v1.TaskStatus.Reason\":{\"REASON_COMMAND_EXECUTOR_FAILED\":0,\"REASON_CONTAINER_LAUNCH_FAILED\":21,\"REASON_CONTAINER_LIMITATION\":19,\"REASON_CONTAINER_LIMITATION_DISK\":20,\"REASON_CONTAINER_LIMITATION_MEMORY\":8,\"REASON_CONTAINER_PREEMPTED\":17,\"REASON_CONTAINER_UPDATE_FAILED\":22,\"REASON_MAX_COMPLETION_TIME_REACHED\":33,\"REASON_EXECUTOR_REGISTRATION_TIMEOUT\":23,\"REASON_EXECUTOR_REREGISTRATION_TIMEOUT\":24,\"REASON_EXECUTOR_TERMINATED\":1,\"REASON_EXECUTOR_UNREGISTERED\":2,\"REASON_FRAMEWORK_REMOVED\":3,\"REASON_GC_ERROR\":4,\"REASON_INVALID_FRAMEWORKID\":5,\"REASON_INVALID_OFFERS\":6,\"REASON_IO_SWITCHBOARD_EXITED\":27,\"REASON_MASTER_DISCONNECTED\":7,\"REASON_RECONCILIATION\":9,\"REASON_RESOURCES_UNKNOWN\":18,\"REASON_AGENT_DISCONNECTED\":10,\"REASON_AGENT_DRAINING\":34,\"REASON_AGENT_REMOVED\":11,\"REASON_AGENT_REMOVED_BY_OPERATOR\":31,\"REASON_AGENT_REREGISTERED\":32,\"REASON_AGENT_RESTARTED\":12,\"REASON_AGENT_UNKNOWN\":13,\"REASON_TASK_KILLED_DURING_LAUNCH\":30,\"REASON_TASK_CHECK_STATUS_UPDATED\":28,\"REASON_TASK_HEALTH_CHECK_STATUS_UPDATED\":29,\"REASON_TASK_GROUP_INVALID\":25,\"REASON_TASK_GROUP_UNAUTHORIZED\":26,\"REASON_TASK_INVALID\":14,\"REASON_TASK_UNAUTHORIZED\":15,\"REASON_TASK_UNKNOWN\":16},\"mesos.v1.Filters\":[[\"refuse_seconds\",1,\"double\",\"optional\",{\"default\":5}]],\"mesos.v1.Environment\":[[\"variables\",1,\"mesos.v1.Environment.Variable\",\"repeated\"]],\"mesos.v1.Environment.Variable\":[[\"name\",1,\"string\",\"required\"],[\"type\",3,\"mesos.v1.Environment.Variable.Type\",\"optional\",{\"default\":\"VALUE\"}],[\"value\",2,\"string\"],[\"secret\",4,\"mesos.v1.Secret\"]],\"mesos.v1.Environment.Variable.Type\":{\"UNKNOWN\":0,\"VALUE\":1,\"SECRET\":2},\"mesos.v1.Parameter\":[[\"key\",1,\"string\",\"required\"],[\"value\",2,\"string\",\"required\"]],\"mesos.v1.Parameters\":[[\"parameter\",1,\"mesos.v1.Parameter\",\"repeated\"]],\"mesos.v1.Credential\":[[\"principal\",1,\"string\",\"required\"],[\"secret\",2,\"string\"]],\"mesos.v1.Secret\":[[\"type\",1,\"mesos.v1.Secret.Type\"],[\"reference\",2,\"mesos.v1.Secret.Reference\"],[\"value\",3,\"mesos.v1.Secret.Value\"]],\"mesos.v1.Secret.Type\":{\"UNKNOWN\":0,\"REFERENCE\":1,\"VALUE\":2},\"mesos.v1.Secret.Reference\":[[\"name\",1,\"string\",\"required\"],[\"key\",2,\"string\"]],\"mesos.v1.Secret.Value\":[[\"data\",1,\"bytes\",\"required\"]],\"mesos.v1.Image\":[[\"type\",1,\"mesos.v1.Image.Type\",\"required\"],[\"appc\",2,\"mesos.v1.Image.Appc\"],[\"docker\",3,\"mesos.v1.Image.Docker\"],[\"cached\",4,\"bool\",\"optional\",{\"default\":true}]],\"mesos.v1.Image.Type\":{\"APPC\":1,\"DOCKER\":2},\"mesos.v1.Image.Appc\":[[\"name\",1,\"string\",\"required\"],[\"id\",2,\"string\"],[\"labels\",3,\"mesos.v1.Labels\"]],\"mesos.v1.Image.Docker\":[[\"name\",1,\"string\",\"required\"],[\"credential\",2,\"mesos.v1.Credential\",\"optional\",{\"deprecated\":true}],[\"config\",3,\"mesos.v1.Secret\"]],\"mesos.v1.MountPropagation\":[[\"mode\",1,\"mesos.v1.MountPropagation.Mode\"]],\"mesos.v1.MountPropagation.Mode\":{\"UNKNOWN\":0,\"HOST_TO_CONTAINER\":1,\"BIDIRECTIONAL\":2},\"mesos.v1.Volume\":[[\"mode\",3,\"mesos.v1.Volume.Mode\",\"required\"],[\"container_path\",1,\"string\",\"required\"],[\"host_path\",2,\"string\"],[\"image\",4,\"mesos.v1.Image\"],[\"source\",5,\"mesos.v1.Volume.Source\"]],\"mesos.v1.Volume.Mode\":{\"RW\":1,\"RO\":2},\"mesos.v1.Volume.Source\":[[\"type\",1,\"mesos.v1.Volume.Source.Type\"],[\"docker_volume\",2,\"mesos.v1.Volume.Source.DockerVolume\"],[\"host_path\",5,\"mesos.v1.Volume.Source.HostPath\"],[\"sandbox_path\",3,\"mesos.v1.Volume.Source.SandboxPath\"],[\"secret\",4,\"mesos.v1.Secret\"],[\"csi_volume\",6,\"mesos.v1.Volume.Source.CSIVolume\"]],\"mesos.v1.Volume.Source.Type\":{\"UNKNOWN\":0,\"DOCKER_VOLUME\":1,\"HOST_PATH\":4,\"SANDBOX_PATH\":2,\"SECRET\":3,\"CSI_VOLUME\":5},\"mesos.v1.Volume.Source.DockerVolume\":[[\"driver\",1,\"string\"],[\"name\",2,\"string\",\"required\"],[\"driver_options\",3,\"mesos.v1.Parameters\"]],\"mesos.v1.Volume.Source.HostPath\":[[\"path\",1,\"string\",\"required\"],[\"mount_propagation\",2,\"mesos.v1.MountPropagation\"]],\"mesos.v1.Volume.Source.SandboxPath\":[[\"type\",1,\"mesos.v1.Volume.Source.SandboxPath.Type\"],[\"path\",2,\"string\",\"required\"]],\"mesos.v1.Volume.Source.SandboxPath.Type\":{\"UNKNOWN\":0,\"SELF\":1,\"PARENT\":2},\"mesos.v1.Volume.Source.CSIVolume\":[[\"plugin_name\",1,\"string\",\"required\"],[\"static_provisioning\",2,\"mesos.v1.Volume.Source.CSIVolume.StaticProvisioning\"]],\"mesos.v1.Volume.Source.CSIVolume.VolumeCapability\":[[\"block\",1,\"mesos.v1.Volume.Source.CSIVolume.VolumeCapability.BlockVolume\"],[\"mount\",2,\"mesos.v1.Volume.Source.CSIVolume.VolumeCapability.MountVolume\"],[\"access_mode\",3,\"mesos.v1.Volume.Source.CSIVolume.VolumeCapability.AccessMode\",\"required\"]],\"mesos.v1.Volume.Source.CSIVolume.VolumeCapability.BlockVolume\":[],\"mesos.v1.Volume.Source.CSIVolume.VolumeCapability.MountVolume\":[[\"fs_type\",1,\"string\"],[\"mount_flags\",2,\"string\",\"repeated\"]],\"mesos.v1.Volume.Source.CSIVolume.VolumeCapability.AccessMode\":[[\"mode\",1,\"mesos.v1.Volume.Source.CSIVolume.VolumeCapability.AccessMode.Mode\",\"required\"]],\"mesos.v1.Volume.Source.CSIVolume.VolumeCapability.AccessMode.Mode\":{\"UNKNOWN\":0,\"SINGLE_NODE_WRITER\":1,\"SINGLE_NODE_READER_ONLY\":2,\"MULTI_NODE_READER_ONLY\":3,\"MULTI_NODE_SINGLE_WRITER\":4,\"MULTI_NODE_MULTI_WRITER\":5},\"mesos.v1.Volume.Source.CSIVolume.StaticProvisioning\":[[\"volume_id\",1,\"string\",\"required\"],[\"volume_capability\",2,\"mesos.v1.Volume.Source.CSIVolume.VolumeCapability\",\"required\"],[\"node_stage_secrets\",3,\"mesos.v1.Secret\",\"map\"],[\"node_publish_secrets\",4,\"mesos.v1.Secret\",\"map\"],[\"volume_context\",5,\"string\",\"map\"]],\"mesos.v1.NetworkInfo\":[[\"ip_addresses\",5,\"mesos.v1.NetworkInfo.IPAddress\",\"repeated\"],[\"name\",6,\"string\"],[\"groups\",3,\"string\",\"repeated\"],[\"labels\",4,\"mesos.v1.Labels\"],[\"port_mappings\",7,\"mesos.v1.NetworkInfo.PortMapping\",\"repeated\"]],\"mesos.v1.NetworkInfo.Protocol\":{\"IPv4\":1,\"IPv6\":2},\"mesos.v1.NetworkInfo.IPAddress\":[[\"protocol\",1,\"mesos.v1.NetworkInfo.Protocol\",\"optional\",{\"default\":\"IPv4\"}],[\"ip_address\",2,\"string\"]],\"mesos.v1.NetworkInfo.PortMapping\":[[\"host_port\",1,\"uint32\",\"required\"],[\"container_port\",2,\"uint32\",\"required\"],[\"protocol\",3,\"string\"]],\"mesos.v1.CapabilityInfo\":[[\"capabilities\",1,\"mesos.v1.CapabilityInfo.Capability\",\"repeated\"]],\"mesos.v1.CapabilityInfo.Capability\":{\"UNKNOWN\":0,\"CHOWN\":1000,\"DAC_OVERRIDE\":1001,\"DAC_READ_SEARCH\":1002,\"FOWNER\":1003,\"FSETID\":1004,\"KILL\":1005,\"SETGID\":1006,\"SETUID\":1007,\"SETPCAP\":1008,\"LINUX_IMMUTABLE\":1009,\"NET_BIND_SERVICE\":1010,\"NET_BROADCAST\":1011,\"NET_ADMIN\":1012,\"NET_RAW\":1013,\"IPC_LOCK\":1014,\"IPC_OWNER\":1015,\"SYS_MODULE\":1016,\"SYS_RAWIO\":1017,\"SYS_CHROOT\":1018,\"SYS_PTRACE\":1019,\"SYS_PACCT\":1020,\"SYS_ADMIN\":1021,\"SYS_BOOT\":1022,\"SYS_NICE\":1023,\"SYS_RESOURCE\":1024,\"SYS_TIME\":1025,\"SYS_TTY_CONFIG\":1026,\"MKNOD\":1027,\"LEASE\":1028,\"AUDIT_WRITE\":1029,\"AUDIT_CONTROL\":1030,\"SETFCAP\":1031,\"MAC_OVERRIDE\":1032,\"MAC_ADMIN\":1033,\"SYSLOG\":1034,\"WAKE_ALARM\":1035,\"BLOCK_SUSPEND\":1036,\"AUDIT_READ\":1037,\"PERFMON\":1038,\"BPF\":1039,\"CHECKPOINT_RESTORE\":1040},\"mesos.v1.SeccompInfo\":[[\"profile_name\",1,\"string\"],[\"unconfined\",2,\"bool\"]],\"mesos.v1.LinuxInfo\":[[\"capability_info\",1,\"mesos.v1.CapabilityInfo\",\"optional\",{\"deprecated\":true}],[\"bounding_capabilities\",2,\"mesos.v1.CapabilityInfo\"],[\"effective_capabilities\",3,\"mesos.v1.CapabilityInfo\"],[\"share_pid_namespace\",4,\"bool\"],[\"seccomp\",5,\"mesos.v1.SeccompInfo\"],[\"ipc_mode\",6,\"mesos.v1.LinuxInfo.IpcMode\"],[\"shm_size\",7,\"uint32\"],[\"share_cgroups\",8,\"bool\",\"optional\",{\"default\":true}]],\"mesos.v1.LinuxInfo.IpcMode\":{\"UNKNOWN\":0,\"PRIVATE\":1,\"SHARE_PARENT\":2},\"mesos.v1.RLimitInfo\":[[\"rlimits\",1,\"mesos.v1.RLimitInfo.RLimit\",\"repeated\"]],\"mesos.v1.RLimitInfo.RLimit\":[[\"type\",1,\"mesos.v1.RLimitInfo.RLimit.Type\"],[\"hard\",2,\"uint64\"],[\"soft\",3,\"uint64\"]],\"mesos.v1.RLimitInfo.RLimit.Type\":{\"UNKNOWN\":0,\"RLMT_AS\":1,\"RLMT_CORE\":2,\"RLMT_CPU\":3,\"RLMT_DATA\":4,\"RLMT_FSIZE\":5,\"RLMT_LOCKS\":6,\"RLMT_MEMLOCK\":7,\"RLMT_MSGQUEUE\":8,\"RLMT_NICE\":9,\"RLMT_NOFILE\":10,\"RLMT_NPROC\":11,\"RLMT_RSS\":12,\"RLMT_RTPRIO\":13,\"RLMT_RTTIME\":14,\"RLMT_SIGPENDING\":15,\"RLMT_STACK\":16},\"mesos.v1.TTYInfo\":[[\"window_size\",1,\"mesos.v1.TTYInfo.WindowSize\"]],\"mesos.v1.TTYInfo.WindowSize\":[[\"rows\",1,\"uint32\",\"required\"],[\"columns\",2,\"uint32\",\"required\"]],\"mesos.v1.ContainerInfo\":[[\"type\",1,\"mesos.v1.ContainerInfo.Type\",\"required\"],[\"volumes\",2,\"mesos.v1.Volume\",\"repeated\"],[\"hostname\",4,\"string\"],[\"docker\",3,\"mesos.v1.ContainerInfo.DockerInfo\"],[\"mesos\",5,\"mesos.v1.ContainerInfo.MesosInfo\"],[\"network_infos\",7,\"mesos.v1.NetworkInfo\",\"repeated\"],[\"linux_info\",8,\"mesos.v1.LinuxInfo\"],[\"rlimit_info\",9,\"mesos.v1.RLimitInfo\"],[\"tty_info\",10,\"mesos.v1.TTYInfo\"]],\"mesos.v1.ContainerInfo.Type\":{\"DOCKER\":1,\"MESOS\":2},\"mesos.v1.ContainerInfo.DockerInfo\":[[\"image\",1,\"string\",\"required\"],[\"network\",2,\"mesos.v1.ContainerInfo.DockerInfo.Network\",\"optional\",{\"default\":\"HOST\"}],[\"port_mappings\",3,\"mesos.v1.ContainerInfo.DockerInfo.PortMapping\",\"repeated\"],[\"privileged\",4,\"bool\",\"optional\",{\"default\":false}],[\"parameters\",5,\"mesos.v1.Parameter\",\"repeated\"],[\"force_pull_image\",6,\"bool\"],[\"volume_driver\",7,\"string\",\"optional\",{\"deprecated\":true}]],\"mesos.v1.ContainerInfo.DockerInfo.Network\":{\"HOST\":1,\"BRIDGE\":2,\"NONE\":3,\"USER\":4},\"mesos.v1.ContainerInfo.DockerInfo.PortMapping\":[[\"host_port\",1,\"uint32\",\"required\"],[\"container_port\",2,\"uint32\",\"required\"],[\"protocol\",3,\"string\"]],\"mesos.v1.ContainerInfo.MesosInfo\":[[\"image\",1,\"mesos.v1.Image\"]],\"mesos.v1.ContainerStatus\":[[\"container_id\",4,\"mesos.v1.ContainerID\"],[\"network_infos\",1,\"mesos.v1.NetworkInfo\",\"repeated\"],[\"cgroup_info\",2,\"mesos.v1.CgroupInfo\"],[\"executor_pid\",3,\"uint32\"]],\"mesos.v1.CgroupInfo\":[[\"net_cls\",1,\"mesos.v1.CgroupInfo.NetCls\"]],\"mesos.v1.CgroupInfo.NetCls\":[[\"classid\",1,\"uint32\"]],\"mesos.v1.Labels\":[[\"labels\",1,\"mesos.v1.Label\",\"repeated\"]],\"mesos.v1.Label\":[[\"key\",1,\"string\",\"required\"],[\"value\",2,\"string\"]],\"mesos.v1.Port\":[[\"number\",1,\"uint32\",\"required\"],[\"name\",2,\"string\"],[\"protocol\",3,\"string\"],[\"visibility\",4,\"mesos.v1.DiscoveryInfo.Visibility\"],[\"labels\",5,\"mesos.v1.Labels\"]],\"mesos.v1.Ports\":[[\"ports\",1,\"mesos.v1.Port\",\"repeated\"]],\"mesos.v1.DiscoveryInfo\":[[\"visibility\",1,\"mesos.v1.DiscoveryInfo.Visibility\",\"required\"],[\"name\",2,\"string\"],[\"environment\",3,\"string\"],[\"location\",4,\"string\"],[\"version\",5,\"string\"],[\"ports\",6,\"mesos.v1.Ports\"],[\"labels\",7,\"mesos.v1.Labels\"]],\"mesos.v1.DiscoveryInfo.Visibility\":{\"FRAMEWORK\":0,\"CLUSTER\":1,\"EXTERNAL\":2},\"mesos.v1.scheduler.Event\":[[\"type\",1,\"mesos.v1.scheduler.Event.Type\"],[\"subscribed\",2,\"mesos.v1.scheduler.Event.Subscribed\"],[\"offers\",3,\"mesos.v1.scheduler.Event.Offers\"],[\"inverse_offers\",9,\"mesos.v1.scheduler.Event.InverseOffers\"],[\"rescind\",4,\"mesos.v1.scheduler.Event.Rescind\"],[\"rescind_inverse_offer\",10,\"mesos.v1.scheduler.Event.RescindInverseOffer\"],[\"update\",5,\"mesos.v1.scheduler.Event.Update\"],[\"update_operation_status\",11,\"mesos.v1.scheduler.Event.UpdateOperationStatus\"],[\"message\",6,\"mesos.v1.scheduler.Event.Message\"],[\"failure\",7,\"mesos.v1.scheduler.Event.Failure\"],[\"error\",8,\"mesos.v1.scheduler.Event.Error\"]],\"mesos.v1.scheduler.Event.Type\":{\"UNKNOWN\":0,\"SUBSCRIBED\":1,\"OFFERS\":2,\"INVERSE_OFFERS\":9,\"RESCIND\":3,\"RESCIND_INVERSE_OFFER\":10,\"UPDATE\":4,\"UPDATE_OPERATION_STATUS\":11,\"MESSAGE\":5,\"FAILURE\":6,\"ERROR\":7,\"HEARTBEAT\":8},\"mesos.v1.scheduler.Event.Subscribed\":[[\"framework_id\",1,\"mesos.v1.FrameworkID\",\"required\"],[\"heartbeat_interval_seconds\",2,\"double\"],[\"master_info\",3,\"mesos.v1.MasterInfo\"]],\"mesos.v1.scheduler.Event.Offers\":[[\"offers\",1,\"mesos.v1.Offer\",\"repeated\"]],\"mesos.v1.scheduler.Event.InverseOffers\":[[\"inverse_offers\",1,\"mesos.v1.InverseOffer\",\"repeated\"]],\"mesos.v1.scheduler.Event.Rescind\":[[\"offer_id\",1,\"mesos.v1.OfferID\",\"required\"]],\"mesos.v1.scheduler.Event.RescindInverseOffer\":[[\"inverse_offer_id\",1,\"mesos.v1.OfferID\",\"required\"]],\"mesos.v1.scheduler.Event.Update\":[[\"status\",1,\"mesos.v1.TaskStatus\",\"required\"]],\"mesos.v1.scheduler.Event.UpdateOperationStatus\":[[\"status\",1,\"mesos.v1.OperationStatus\",\"required\"]],\"mesos.v1.scheduler.Event.Message\":[[\"agent_id\",1,\"mesos.v1.AgentID\",\"required\"],[\"executor_id\",2,\"mesos.v1.ExecutorID\",\"required\"],[\"data\",3,\"bytes\",\"required\"]],\"mesos.v1.scheduler.Event.Failure\":[[\"agent_id\",1,\"mesos.v1.AgentID\"],[\"executor_id\",2,\"mesos.v1.ExecutorID\"],[\"status\",3,\"int32\"]],\"mesos.v1.scheduler.Event.Error\":[[\"message\",1,\"string\",\"required\"]],\"mesos.v1.scheduler.AttributeConstraint\":[[\"selector\",1,\"mesos.v1.scheduler.AttributeConstraint.Selector\",\"required\"],[\"predicate\",2,\"mesos.v1.scheduler.AttributeConstraint.Predicate\",\"required\"]],\"mesos.v1.scheduler.AttributeConstraint.Selector\":[[\"pseudoattribute_type\",1,\"mesos.v1.scheduler.AttributeConstraint.Selector.PseudoattributeType\"],[\"attribute_name\",2,\"string\"]],\"mesos.v1.scheduler.AttributeConstraint.Selector.PseudoattributeType\":{\"UNKNOWN\":0,\"HOSTNAME\":1,\"REGION\":2,\"ZONE\":3},\"mesos.v1.scheduler.AttributeConstraint.Predicate\":[[\"exists\",1,\"mesos.v1.scheduler.AttributeConstraint.Predicate.Exists\"],[\"not_exists\",2,\"mesos.v1.scheduler.AttributeConstraint.Predicate.NotExists\"],[\"text_equals\",3,\"mesos.v1.scheduler.AttributeConstraint.Predicate.TextEquals\"],[\"text_not_equals\",4,\"mesos.v1.scheduler.AttributeConstraint.Predicate.TextNotEquals\"],[\"text_matches\",5,\"mesos.v1.scheduler.AttributeConstraint.Predicate.TextMatches\"],[\"text_not_matches\",6,\"mesos.v1.scheduler.AttributeConstraint.Predicate.TextNotMatches\"]],\"mesos.v1.scheduler.AttributeConstraint.Predicate.Exists\":[],\"mesos.v1.scheduler.AttributeConstraint.Predicate.NotExists\":[],\"mesos.v1.scheduler.AttributeConstraint.Predicate.TextEquals\":[[\"value\",1,\"string\",\"required\"]],\"mesos.v1.scheduler.AttributeConstraint.Predicate.TextNotEquals\":[[\"value\",1,\"string\",\"required\"]],\"mesos.v1.scheduler.AttributeConstraint.Predicate.TextMatches\":[[\"regex\",1,\"string\",\"required\"]],\"mesos.v1.scheduler.AttributeConstraint.Predicate.TextNotMatches\":[[\"regex\",1,\"string\",\"required\"]],\"mesos.v1.scheduler.OfferConstraints\":[[\"role_constraints\",1,\"mesos.v1.scheduler.OfferConstraints.RoleConstraints\",\"map\"]],\"mesos.v1.scheduler.OfferConstraints.RoleConstraints\":[[\"groups\",1,\"mesos.v1.scheduler.OfferConstraints.RoleConstraints.Group\",\"repeated\"]],\"mesos.v1.scheduler.OfferConstraints.RoleConstraints.Group\":[[\"attribute_constraints\",1,\"mesos.v1.scheduler.AttributeConstraint\",\"repeated\"]],\"mesos.v1.scheduler.Call\":[[\"framework_id\",1,\"mesos.v1.FrameworkID\"],[\"type\",2,\"mesos.v1.scheduler.Call.Type\"],[\"subscribe\",3,\"mesos.v1.scheduler.Call.Subscribe\"],[\"accept\",4,\"mesos.v1.scheduler.Call.Accept\"],[\"decline\",5,\"mesos.v1.scheduler.Call.Decline\"],[\"accept_inverse_offers\",13,\"mesos.v1.scheduler.Call.AcceptInverseOffers\"],[\"decline_inverse_offers\",14,\"mesos.v1.scheduler.Call.DeclineInverseOffers\"],[\"revive\",15,\"mesos.v1.scheduler.Call.Revive\"],[\"kill\",6,\"mesos.v1.scheduler.Call.Kill\"],[\"shutdown\",7,\"mesos.v1.scheduler.Call.Shutdown\"],[\"acknowledge\",8,\"mesos.v1.scheduler.Call.Acknowledge\"],[\"acknowledge_operation_status\",17,\"mesos.v1.scheduler.Call.AcknowledgeOperationStatus\"],[\"reconcile\",9,\"mesos.v1.scheduler.Call.Reconcile\"],[\"reconcile_operations\",18,\"mesos.v1.scheduler.Call.ReconcileOperations\"],[\"message\",10,\"mesos.v1.scheduler.Call.Message\"],[\"request\",11,\"mesos.v1.scheduler.Call.Request\"],[\"suppress\",16,\"mesos.v1.scheduler.Call.Suppress\"],[\"update_framework\",19,\"mesos.v1.scheduler.Call.UpdateFramework\"]],\"mesos.v1.scheduler.Call.Type\":{\"UNKNOWN\":0,\"SUBSCRIBE\":1,\"TEARDOWN\":2,\"ACCEPT\":3,\"DECLINE\":4,\"ACCEPT_INVERSE_OFFERS\":13,\"DECLINE_INVERSE_OFFERS\":14,\"REVIVE\":5,\"KILL\":6,\"SHUTDOWN\":7,\"ACKNOWLEDGE\":8,\"ACKNOWLEDGE_OPERATION_STATUS\":15,\"RECONCILE\":9,\"RECONCILE_OPERATIONS\":16,\"MESSAGE\":10,\"REQUEST\":11,\"SUPPRESS\":12,\"UPDATE_FRAMEWORK\":17},\"mesos.v1.scheduler.Call.Subscribe\":[[\"framework_info\",1,\"mesos.v1.FrameworkInfo\",\"required\"],[\"suppressed_roles\",2,\"string\",\"repeated\"],[\"offer_constraints\",3,\"mesos.v1.scheduler.OfferConstraints\"]],\"mesos.v1.scheduler.Call.Accept\":[[\"offer_ids\",1,\"mesos.v1.OfferID\",\"repeated\"],[\"operations\",2,\"mesos.v1.Offer.Operation\",\"repeated\"],[\"filters\",3,\"mesos.v1.Filters\"]],\"mesos.v1.scheduler.Call.Decline\":[[\"offer_ids\",1,\"mesos.v1.OfferID\",\"repeated\"],[\"filters\",2,\"mesos.v1.Filters\"]],\"mesos.v1.scheduler.Call.AcceptInverseOffers\":[[\"inverse_offer_ids\",1,\"mesos.v1.OfferID\",\"repeated\"],[\"filters\",2,\"mesos.v1.Filters\"]],\"mesos.v1.scheduler.Call.DeclineInverseOffers\":[[\"inverse_offer_ids\",1,\"mesos.v1.OfferID\",\"repeated\"],[\"filters\",2,\"mesos.v1.Filters\"]],\"mesos.v1.scheduler.Call.Revive\":[[\"roles\",1,\"string\",\"repeated\"]],\"mesos.v1.scheduler.Call.Kill\":[[\"task_id\",1,\"mesos.v1.TaskID\",\"required\"],[\"agent_id\",2,\"mesos.v1.AgentID\"],[\"kill_policy\",3,\"mesos.v1.KillPolicy\"]],\"mesos.v1.scheduler.Call.Shutdown\":[[\"executor_id\",1,\"mesos.v1.ExecutorID\",\"required\"],[\"agent_id\",2,\"mesos.v1.AgentID\",\"required\"]],\"mesos.v1.scheduler.Call.Acknowledge\":[[\"agent_id\",1,\"mesos.v1.AgentID\",\"required\"],[\"task_id\",2,\"mesos.v1.TaskID\",\"required\"],[\"uuid\",3,\"bytes\",\"required\"]],\"mesos.v1.scheduler.Call.AcknowledgeOperationStatus\":[[\"agent_id\",1,\"mesos.v1.AgentID\"],[\"resource_provider_id\",2,\"mesos.v1.ResourceProviderID\"],[\"uuid\",3,\"bytes\",\"required\"],[\"operation_id\",4,\"mesos.v1.OperationID\",\"required\"]],\"mesos.v1.scheduler.Call.Reconcile\":[[\"tasks\",1,\"mesos.v1.scheduler.Call.Reconcile.Task\",\"repeated\"]],\"mesos.v1.scheduler.Call.Reconcile.Task\":[[\"task_id\",1,\"mesos.v1.TaskID\",\"required\"],[\"agent_id\",2,\"mesos.v1.AgentID\"]],\"mesos.v1.scheduler.Call.ReconcileOperations\":[[\"operations\",1,\"mesos.v1.scheduler.Call.ReconcileOperations.Operation\",\"repeated\"]],\"mesos.v1.scheduler.Call.ReconcileOperations.Operation\":[[\"operation_id\",1,\"mesos.v1.OperationID\",\"required\"],[\"agent_id\",2,\"mesos.v1.AgentID\"],[\"resource_provider_id\",3,\"mesos.v1.ResourceProviderID\"]],\"mesos.v1.scheduler.Call.Message\":[[\"agent_id\",1,\"mesos.v1.AgentID\",\"required\"],[\"executor_id\",2,\"mesos.v1.ExecutorID\",\"required\"],[\"data\",3,\"bytes\",\"required\"]],\"mesos.v1.scheduler.Call.Request\":[[\"requests\",1,\"mesos.v1.Request\",\"repeated\"]],\"mesos.v1.scheduler.Call.Suppress\":[[\"roles\",1,\"string\",\"repeated\"]],\"mesos.v1.scheduler.Call.UpdateFramework\":[[\"framework_info\",1,\"mesos.v1.FrameworkInfo\",\"required\"],[\"suppressed_roles\",2,\"string\",\"repeated\"],[\"offer_constraints\",3,\"mesos.v1.scheduler.OfferConstraints\"]],\"mesos.v1.executor.Event\":[[\"type\",1,\"mesos.v1.executor.Event.Type\"],[\"subscribed\",2,\"mesos.v1.executor.Event.Subscribed\"],[\"acknowledged\",3,\"mesos.v1.executor.Event.Acknowledged\"],[\"launch\",4,\"mesos.v1.executor.Event.Launch\"],[\"launch_group\",8,\"mesos.v1.executor.Event.LaunchGroup\"],[\"kill\",5,\"mesos.v1.executor.Event.Kill\"],[\"message\",6,\"mesos.v1.executor.Event.Message\"],[\"error\",7,\"mesos.v1.executor.Event.Error\"]],\"mesos.v1.executor.Event.Type\":{\"UNKNOWN\":0,\"SUBSCRIBED\":1,\"LAUNCH\":2,\"LAUNCH_GROUP\":8,\"KILL\":3,\"ACKNOWLEDGED\":4,\"MESSAGE\":5,\"ERROR\":6,\"SHUTDOWN\":7,\"HEARTBEAT\":9},\"mesos.v1.executor.Event.Subscribed\":[[\"executor_info\",1,\"mesos.v1.ExecutorInfo\",\"required\"],[\"framework_info\",2,\"mesos.v1.FrameworkInfo\",\"required\"],[\"agent_info\",3,\"mesos.v1.AgentInfo\",\"required\"],[\"container_id\",4,\"mesos.v1.ContainerID\"]],\"mesos.v1.executor.Event.Launch\":[[\"task\",1,\"mesos.v1.TaskInfo\",\"required\"]],\"mesos.v1.executor.Event.LaunchGroup\":[[\"task_group\",1,\"mesos.v1.TaskGroupInfo\",\"required\"]],\"mesos.v1.executor.Event.Kill\":[[\"task_id\",1,\"mesos.v1.TaskID\",\"required\"],[\"kill_policy\",2,\"mesos.v1.KillPolicy\"]],\"mesos.v1.executor.Event.Acknowledged\":[[\"task_id\",1,\"mesos.v1.TaskID\",\"required\"],[\"uuid\",2,\"bytes\",\"required\"]],\"mesos.v1.executor.Event.Message\":[[\"data\",1,\"bytes\",\"required\"]],\"mesos.v1.executor.Event.Error\":[[\"message\",1,\"string\",\"required\"]],\"mesos.v1.executor.Call\":[[\"executor_id\",1,\"mesos.v1.ExecutorID\",\"required\"],[\"framework_id\",2,\"mesos.v1.FrameworkID\",\"required\"],[\"type\",3,\"mesos.v1.executor.Call.Type\"],[\"subscribe\",4,\"mesos.v1.executor.Call.Subscribe\"],[\"update\",5,\"mesos.v1.executor.Call.Update\"],[\"message\",6,\"mesos.v1.executor.Call.Message\"]],\"mesos.v1.executor.Call.Type\":{\"UNKNOWN\":0,\"SUBSCRIBE\":1,\"UPDATE\":2,\"MESSAGE\":3,\"HEARTBEAT\":4},\"mesos.v1.executor.Call.Subscribe\":[[\"unacknowledged_tasks\",1,\"mesos.v1.TaskInfo\",\"repeated\"],[\"unacknowledged_updates\",2,\"mesos.v1.executor.Call.Update\",\"repeated\"]],\"mesos.v1.executor.Call.Update\":[[\"status\",1,\"mesos.v1.TaskStatus\",\"required\"]],\"mesos.v1.executor.Call.Message\":[[\"data\",2,\"bytes\",\"required\"]]}";
