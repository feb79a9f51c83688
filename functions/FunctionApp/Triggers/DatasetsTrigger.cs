using ServiceOffices.Web.Endpoints;

namespace ServiceOffices.FunctionApp.Triggers;

public sealed class DatasetsTrigger(DatasetsEndpoint endpoint)
{
    [Function("Datasets")]
    public Task RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "datasets/{*path}")] HttpRequest request) =>
        endpoint.HandleAsync(request.HttpContext);
}
