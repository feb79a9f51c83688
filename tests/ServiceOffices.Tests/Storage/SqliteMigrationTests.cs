using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using ServiceOffices.Register.Model;
using ServiceOffices.Storage;
using ServiceOffices.Storage.SqliteStorage;
using ServiceOffices.Testing;
using ServiceOffices.Tests.Publishing;

namespace ServiceOffices.Tests.Storage;

/// <summary>Databases of other versions of the platform. Their tables are written here as those versions created them.</summary>
public sealed class SqliteMigrationTests : IDisposable
{
    private const string Version1 = """
        CREATE TABLE version (value INTEGER NOT NULL);
        INSERT INTO version VALUES (7);
        CREATE TABLE office (id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, "name" TEXT, "kind" TEXT, "basis" TEXT, "municipalityCode" TEXT,
            "locality" TEXT, "vulnerableAreas" TEXT, "addressStreet" TEXT, "addressPostalCode" TEXT, "addressCity" TEXT, "latitude" REAL, "longitude" REAL,
            "locationPrecision" TEXT, "services" TEXT, "videoMeetings" INTEGER, "videoMeetingsSince" TEXT, "openingHours" TEXT, "specialHours" TEXT,
            "phone" TEXT, "email" TEXT, "webPage" TEXT, "sources" TEXT, "note" TEXT);
        CREATE TABLE event (officeId TEXT NOT NULL, number INTEGER NOT NULL, "kind" TEXT, "on" TEXT, "precision" TEXT, "source" TEXT, "note" TEXT, PRIMARY KEY (officeId, number));
        CREATE TABLE file (path TEXT NOT NULL PRIMARY KEY, mediaType TEXT NOT NULL, lastWritten INTEGER NOT NULL, content BLOB NOT NULL);
        CREATE TABLE pointer (name TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, content BLOB NOT NULL);
        CREATE TABLE lease (name TEXT NOT NULL PRIMARY KEY, owner TEXT NOT NULL, expires INTEGER NOT NULL);
        INSERT INTO office (id, version, name, addressCity, latitude, locationPrecision, services, videoMeetings)
            VALUES ('o', 7, 'Åre', 'Järpen', 63.4, 'door', '[{"agency":"skatteverket","levels":[]}]', 1);
        INSERT INTO event (officeId, number, kind, "on", precision) VALUES ('o', 3, 'opened', '2020-07-01', 'day');
        INSERT INTO file VALUES ('publications/1/offices.csv', 'text/csv', 1000, x'0102');
        INSERT INTO pointer VALUES ('current', 6, x'7B7D');
        PRAGMA user_version = 1;
        """;

    private const string Version2 = Version1 + """
        CREATE TABLE audit (officeId TEXT NOT NULL, toVersion INTEGER NOT NULL, lastEvent INTEGER NOT NULL, action TEXT NOT NULL, changed TEXT NOT NULL,
            "by" TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT, PRIMARY KEY (officeId, toVersion));
        CREATE INDEX auditTime ON audit (at);
        INSERT INTO audit VALUES ('o', 1, 3, 'created', '', 'key 1', 2000, NULL);
        PRAGMA user_version = 2;
        """;

    private static readonly Signature Editor = new("key 1", DateTimeOffset.UnixEpoch, null);

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Version1, 0)]
    [InlineData(Version2, 1)]
    public async Task Open_OlderDatabase_IsMigratedWithItsContent(string sql, int version)
    {
        Execute(sql);

        var entry = await OpenRegister().ReadAsync("o", Cancel);

        Assert.Equal(("\"7\"", version), (entry!.ETag, entry.Version));
        Assert.Equal(("Åre", new Address(null, null, "Järpen"), 63.4, true), (entry.Entry.Office.Name, entry.Entry.Office.Address, entry.Entry.Office.Latitude, entry.Entry.Office.VideoMeetings));
        Assert.Equal("skatteverket", Assert.Single(entry.Entry.Office.Services).Agency);
        Assert.Equal((3, new DateOnly(2020, 7, 1)), (Assert.Single(entry.Entry.Events).Number, entry.Entry.Events[0].On));
        SqlitePublicationStore publications = new(folder.Database, TimeProvider.System);
        Assert.Equal([1, 2], await publications.ReadAsync("publications/1/offices.csv", Cancel));
        Assert.Equal("\"6\"", (await publications.ReadPointerAsync(null, Cancel))!.ETag);
        Assert.Equal("\"8\"", (await OpenRegister().WriteAsync(entry.Entry, "\"7\"", Editor, Cancel)).ETag);
        Assert.Equal(version + 1, (await OpenRegister().ReadAuditAsync("o", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 10, Cancel)).Count);
        Assert.Equal(3L, Query("PRAGMA user_version"));
    }

    [Theory]
    [InlineData(Version1)]
    [InlineData(Version2)]
    public async Task Open_DatabaseWithoutColumn_ColumnIsAdded(string sql)
    {
        Execute(sql + "ALTER TABLE office DROP COLUMN videoMeetingsSince; ALTER TABLE office DROP COLUMN latitude; ALTER TABLE event DROP COLUMN note;");
        var register = OpenRegister();

        var before = (await register.ReadAsync("o", Cancel))!;
        var changed = before.Entry with
        {
            Office = before.Entry.Office with { VideoMeetingsSince = new DateOnly(2024, 2, 29), Latitude = 63.5 },
            Events = [before.Entry.Events[0] with { Note = "n" }],
        };
        await register.WriteAsync(changed, before.ETag, Editor, Cancel);
        var after = (await OpenRegister().ReadAsync("o", Cancel))!.Entry;

        Assert.Null(before.Entry.Office.Latitude);
        Assert.Equal((new DateOnly(2024, 2, 29), 63.5, "n"), (after.Office.VideoMeetingsSince, after.Office.Latitude, after.Events[0].Note));
        Assert.Equal("REAL", Query("SELECT type FROM pragma_table_info('office') WHERE name = 'latitude'"));
    }

    [Fact]
    public async Task Open_UnknownColumns_AreIgnoredWithOneWarning()
    {
        Execute(Version2 + "ALTER TABLE office ADD COLUMN floor INTEGER; UPDATE office SET floor = 2; ALTER TABLE event ADD COLUMN colour TEXT;");
        ListLogger<SqliteRegisterStore> log = new();
        SqliteRegisterStore register = new(folder.Database, log);

        var entry = await register.ReadAsync("o", Cancel);
        await register.WriteAsync(entry!.Entry, entry.ETag, Editor, Cancel);
        await register.ReadAllAsync(Cancel);

        Assert.Equal(
            (LogLevel.Warning, "The database has columns that this version of the platform does not know: office.floor, event.colour. They are ignored, and lost for each office that is saved."),
            Assert.Single(log.Lines));
    }

    [Fact]
    public async Task Open_KnownColumns_LogsNothing()
    {
        Execute(Version1);
        ListLogger<SqliteRegisterStore> log = new();

        await new SqliteRegisterStore(folder.Database, log).ReadAllAsync(Cancel);

        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task Open_NewerDatabase_IsRefusedAndUnchanged()
    {
        Execute(Version2 + "ALTER TABLE office DROP COLUMN note; PRAGMA user_version = 9;");

        var start = Assert.Throws<UnsupportedDatabaseException>(() => SqliteDatabase.Migrate(folder.Database));
        var use = await Assert.ThrowsAsync<StorageUnavailableException>(() => OpenRegister().ReadAllAsync(Cancel));

        Assert.Equal(
            $"The database '{folder.Database}' has schema version 9, and this version of the platform supports schema versions up to 3. "
            + "Start the version of the platform that wrote the database or a later one, or set Storage:Folder to another folder.",
            start.Message);
        Assert.Equal("The embedded store cannot be used: its database is of a newer version of the platform.", use.Message);
        Assert.Equal(9L, Query("PRAGMA user_version"));
        Assert.Null(Query("SELECT name FROM pragma_table_info('office') WHERE name = 'note'"));
    }

    [Fact]
    public async Task Migrate_FailsMidway_LeavesDatabaseAsItWas()
    {
        // A view in place of the audit table: the tables before it are created, then the index on it fails.
        Execute(Version1 + "DROP TABLE lease; ALTER TABLE office DROP COLUMN note; CREATE VIEW audit AS SELECT 1 AS at; PRAGMA user_version = 0;");

        await Assert.ThrowsAsync<StorageUnavailableException>(() => OpenRegister().ReadAllAsync(Cancel));

        Assert.Equal(0L, Query("PRAGMA user_version"));
        Assert.Null(Query("SELECT name FROM sqlite_master WHERE name = 'lease'"));

        Execute("DROP VIEW audit;");
        Assert.Single((await OpenRegister().ReadAllAsync(Cancel)).Entries);
        Assert.Equal(3L, Query("PRAGMA user_version"));
        Assert.Equal("note", Query("SELECT name FROM pragma_table_info('office') WHERE name = 'note'"));
    }

    [Fact]
    public async Task Open_OlderDatabaseByManyAtOnce_IsMigratedOnce()
    {
        Execute(Version1 + "ALTER TABLE office DROP COLUMN note; ALTER TABLE office DROP COLUMN email;");

        var read = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => OpenRegister().ReadAllAsync(Cancel))));

        Assert.All(read, content => Assert.Equal("Åre", Assert.Single(content.Entries).Entry.Office.Name));
    }

    [Fact]
    public void Migrate_MissingOrDamagedFile_DoesNothing()
    {
        SqliteDatabase.Migrate(folder.Database);
        Assert.False(File.Exists(folder.Database));

        Directory.CreateDirectory(Path.GetDirectoryName(folder.Database)!);
        File.WriteAllText(folder.Database, new string('x', 10_000));
        SqliteDatabase.Migrate(folder.Database);

        Assert.Equal(new string('x', 10_000), File.ReadAllText(folder.Database));
    }

    private SqliteRegisterStore OpenRegister() => new(folder.Database);

    private void Execute(string sql)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Database)!);
        using var connection = folder.Connect();
        using SqliteCommand command = new(sql, connection);
        command.ExecuteNonQuery();
    }

    private object? Query(string sql)
    {
        using var connection = folder.Connect();
        using SqliteCommand command = new(sql, connection);
        return command.ExecuteScalar();
    }

    public void Dispose() => folder.Dispose();
}
