/** The paths of a systemd service, all absolute. */
export interface Service {
  /** The Node executable. */
  node: string;
  /** The folder of Convenor's files. */
  program: string;
  /** The working directory, with the settings file. */
  folder: string;
  /** Undefined: the data is in MongoDB, which has its own backups. */
  backupDir: string | undefined;
}

/** The data folder of a service. systemd creates it, and makes SERVICE_ACCOUNT its owner at each start. */
export const SERVICE_DATA_DIR = '/var/lib/convenor';

/** The account that the service runs as. It has no other rights. */
export const SERVICE_ACCOUNT = 'convenor';

/** Takes away what neither service needs: https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Sandboxing */
const SANDBOX = `NoNewPrivileges=yes
LockPersonality=yes
RemoveIPC=yes
PrivateDevices=yes
PrivateTmp=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHome=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProtectSystem=strict
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallErrorNumber=EPERM
SystemCallFilter=@system-service
UMask=0077`;

/** The unit files, by name. */
export function systemdUnits(service: Service): Map<string, string> {
  const units = new Map([['convenor.service', main(service)]]);
  if (service.backupDir !== undefined) {
    units.set('convenor-backup.service', backup(service, service.backupDir));
    units.set('convenor-backup.timer', TIMER);
  }
  return units;
}

const start = (
  { node, program, folder }: Service,
  file: string,
) => `ExecStart=${node} ${program}/${file}
WorkingDirectory=${folder}
EnvironmentFile=${folder}/.env
Environment=NODE_ENV=production`;

const main = (service: Service) => `# Written by "npm run setup" of Convenor.
[Unit]
Description=Convenor
Documentation=file:${service.program}/docs/install.md
Wants=network-online.target
After=network-online.target mongod.service redis-server.service
StartLimitIntervalSec=0

[Service]
${start(service, 'dist/main.js')}
Restart=always
RestartSec=10
User=${SERVICE_ACCOUNT}
StateDirectory=${SERVICE_DATA_DIR.replace('/var/lib/', '')}
StateDirectoryMode=0700
CapabilityBoundingSet=
PrivateUsers=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
${SANDBOX}

[Install]
WantedBy=multi-user.target
`;

const backup = (service: Service, folder: string) => `# Written by "npm run setup" of Convenor.
[Unit]
Description=Backup of Convenor

[Service]
Type=oneshot
${start(service, 'dist/ops/backup.js')}
# Root's, so that Convenor cannot touch its own backups; yet it may only read, and write there.
CapabilityBoundingSet=CAP_DAC_READ_SEARCH
ReadWritePaths=${folder}
PrivateNetwork=yes
RestrictAddressFamilies=AF_UNIX
${SANDBOX}
`;

const TIMER = `# Written by "npm run setup" of Convenor.
[Unit]
Description=Backup of Convenor each night

[Timer]
OnCalendar=*-*-* 02:30
RandomizedDelaySec=30min
Persistent=yes

[Install]
WantedBy=timers.target
`;
