/** What systemd is to run, and where. All paths are absolute. */
export interface Service {
  /** The program that runs JavaScript. */
  node: string;
  /** Where Convenor's own files are. */
  program: string;
  /** Where it is started; the settings are there. */
  folder: string;
  /** Where backups go; undefined: they are MongoDB's. */
  backupDir: string | undefined;
}

/** Where a service keeps its data: systemd makes this folder, and gives all in it to that account at each start. */
export const SERVICE_FOLDER = '/var/lib/convenor';

/** Whom Convenor runs as: somebody who can do nothing else. */
export const ACCOUNT = 'convenor';

/** What neither of the two needs: https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Sandboxing */
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

/** The files that systemd needs, by name. */
export function unitsFor(service: Service): Map<string, string> {
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
User=${ACCOUNT}
StateDirectory=${SERVICE_FOLDER.replace('/var/lib/', '')}
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
