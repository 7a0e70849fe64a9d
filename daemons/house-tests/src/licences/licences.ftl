<#list dependencyMap as e><#assign p = e.getKey()>
| ${p.groupId}:${p.artifactId} | ${p.version} | ${(p.artifact.scope)!"?"} | <#list e.getValue() as licence>${licence}<#if licence_has_next>; </#if></#list> |
</#list>
