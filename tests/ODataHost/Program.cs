using ODataEngine.Protocol;
using ODataEngine.Protocol.Revisions;
using ServiceOffices.ODataFuzz;
using ServiceOffices.ODataHost;
using ServiceOffices.Publishing;
using ServiceOffices.Web.Endpoints;
using ServiceOffices.Web.Pipeline;

// dotnet run --project tests/ODataHost -c Release -- PORT DATAFILE
// Serves the benchmark register at http://127.0.0.1:PORT/odata with the OData engine of this repository.
// With "nothing-stored" as another argument no response is cached.
// With "sample" in place of DATAFILE it serves another model: two entity types that reference each other, derived types,
// an enumeration and a column of every kind.
if (args.Length is < 2 or > 3 || !ushort.TryParse(args[0], out var port))
{
    Console.Error.WriteLine("usage: ODataHost PORT DATAFILE (a JSON array of offices), ODataHost PORT COUNT (a number of synthetic offices) or ODataHost PORT sample");
    return 2;
}

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<RequestPipeline>();
var app = builder.Build();
var engine = args[1] == "sample"
    ? new ODataService(SampleModel.Model, new ODataOptions(), new InMemoryTableSource(FixedSamples.Tables), TimeProvider.System)
    : new ODataService(BenchmarkModel.Model, new ODataOptions(), BenchmarkModel.Load(args[1]), TimeProvider.System);
var endpoint = new ODataEndpoint(app.Services.GetRequiredService<RequestPipeline>(), engine, new ReplyCache(args.Length > 2 ? 0 : 32 * 1024 * 1024), new PublicUrl(), "/odata/");
MemoryTrimmer.Compact();
app.Run(endpoint.HandleAsync);
app.Run();
return 0;
