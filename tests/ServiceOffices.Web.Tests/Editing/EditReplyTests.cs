using ServiceOffices.Editing.Offices;
using ServiceOffices.Web.Endpoints;

namespace ServiceOffices.Web.Tests.Editing;

public sealed class EditReplyTests
{
    [Theory]
    [InlineData(EditStatus.TooManyConflicts)]
    [InlineData(EditStatus.ImportInProgress)]
    public void Edit_TooManyConflicts_Returns409WithRetryAfter(EditStatus status)
    {
        var reply = EditReply.Create(new EditResult(status, null), "storuman", "/register/offices/storuman");

        Assert.Equal(409, reply.Status);
        Assert.Contains("ry again in a few seconds", reply.Problem!.Detail, StringComparison.Ordinal);
        Assert.Contains(reply.Headers, header => header.Name == "Retry-After");
    }
}
