using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Frat.WebHost.Pages;

/// <summary>
/// Draws a symbol of <c>wwwroot/icons.svg</c>: <c>&lt;icon name="check" /&gt;</c>. It is decoration: the words beside it say the same.
/// </summary>
/// <param name="urls">Resolves the file's address.</param>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper(IUrlHelperFactory urls) : TagHelper
{
    /// <summary>The symbol's id.</summary>
    public required string Name { get; set; }

    /// <summary>The view that is drawn.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public required ViewContext ViewContext { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var use = new TagBuilder("use");
        use.Attributes["href"] = urls.GetUrlHelper(ViewContext).Content("~/icons.svg") + "#" + Name;
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "icon");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetHtmlContent(use);
    }
}
